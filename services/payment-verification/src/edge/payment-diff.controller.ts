import { Answers, diff, diffOf, DiffQuery, type Diff } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { accountOf } from '../app/payment-account';
import type { Payments } from '../app/payments';
import { PAYMENTS } from './payments.controller';

@ApiTags('payments')
@Controller('payments')
export class PaymentDiffController {
  constructor(@Inject(PAYMENTS) private readonly payments: Payments) {}

  @Get(':orderId/diff')
  @ApiOperation({ summary: 'What became another in the payment of an order between two instants, field by field.' })
  @Answers(200, diff, { refuses: { unknown: ['PAYMENT_UNKNOWN'], invalid: ['AS_OF_INVALID'] } })
  diff(@Param('orderId') orderId: string, @Query() query: DiffQuery): Promise<Diff> {
    return diffOf(async (instant) => {
      const read = await this.payments.read(orderId, instant);
      return { version: read.version, shown: accountOf(read) };
    }, query);
  }
}
