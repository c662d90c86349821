import { Answers, causalGraph, diff, diffOf, DiffQuery, IdParam, type CausalGraph, type Diff } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AuditOrder } from '../app/audit';
import type { OrderDesk, ShowDesk } from '../app/desk';
import type { Orders } from '../app/orders';
import { desk } from './desk.answers';
import { ORDERS } from './orders.controller';

export const SHOW_DESK = Symbol('show desk');
export const AUDIT_ORDER = Symbol('audit order');

/** What people look at who answer for an order. */
@ApiTags('orders')
@Controller('orders/:orderId')
export class DeskController {
  constructor(
    @Inject(ORDERS) private readonly orders: Orders,
    @Inject(SHOW_DESK) private readonly showDesk: ShowDesk,
    @Inject(AUDIT_ORDER) private readonly auditOrder: AuditOrder,
  ) {}

  @Get('desk')
  @ApiOperation({
    summary: 'All of an order on one page: payment, stock, parcels, returns, what happened last, and what can be done now.',
    description: 'Actions are judged by the rules that decide them: what is allowed here is done, unless something happens in between.',
  })
  @Answers(200, desk, { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  desk(@Param('orderId', IdParam) orderId: string): Promise<OrderDesk> {
    return this.showDesk(orderId);
  }

  @Get('diff')
  @ApiOperation({ summary: 'What became another in an order between two instants, field by field.' })
  @Answers(200, diff, { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID', 'AS_OF_INVALID'] } })
  diff(@Param('orderId', IdParam) orderId: string, @Query() query: DiffQuery): Promise<Diff> {
    return diffOf(async (instant) => {
      const shown = await this.orders.get(orderId, instant);
      return { version: shown.version, shown };
    }, query);
  }

  @Get('audit')
  @ApiOperation({ summary: 'Every event of an order in all services: who asked, in which command, by which rules, and what led to what.' })
  @Answers(200, causalGraph, { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  audit(@Param('orderId', IdParam) orderId: string): Promise<CausalGraph> {
    return this.auditOrder(orderId);
  }
}
