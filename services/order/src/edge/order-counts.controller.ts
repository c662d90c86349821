import { integer, list, nullable, object, oneOf, text, time } from '@cartage/contracts';
import { answerOf, Answers, IsCode, Within } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { COUNTED_UP_TO, type CountOrders, type OrderCounts } from '../app/order-counts';
import { orderStatuses } from '../domain/state';

export const COUNT_ORDERS = Symbol('count orders');

export class OrderCountsQuery {
  @ApiPropertyOptional({ example: 'web', description: 'Only orders that were sold there.' })
  @IsOptional()
  @IsCode()
  channel?: string;
}

const counted = {
  orders: integer('At most `upTo`: then there are as many, or more.'),
  oldest: nullable(time('When the one was placed that waits longest; null where there is none.')),
};

export const orderCounts = answerOf<OrderCounts>()(
  'OrderCounts',
  object({
    upTo: integer(`Counted up to ${COUNTED_UP_TO}.`),
    statuses: list(object({ status: oneOf(orderStatuses), ...counted }), 'Every status, also where no order is.'),
    holds: list(
      object({ type: text('`stock-short`, `payment-review` …; more will come.'), ...counted }),
      'What keeps orders, the most first.',
    ),
    late: object(counted, 'A date that the customer was promised was missed.'),
    atRisk: object(counted, 'Such a date will be missed unless somebody acts now.'),
  }),
);

/** Today at a glance. */
@ApiTags('orders')
@Controller('orders/counts')
export class OrderCountsController {
  constructor(@Inject(COUNT_ORDERS) private readonly countOrders: CountOrders) {}

  @Get()
  @Within('query.channel')
  @ApiOperation({ summary: 'How many orders stand where, and what keeps them; each with its oldest.' })
  @Answers(200, orderCounts)
  counts(@Query() { channel }: OrderCountsQuery): Promise<OrderCounts> {
    return this.countOrders(channel);
  }
}
