import { Answers, limitOf, pageAnswer, pageOf, PageQuery, readCursor, type Page } from '@cartage/service-kit';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import type { PayoutFilter, PayoutRow, PayoutSlice } from '../../app/views/payout-list';
import { payoutStatuses, type PayoutStatus } from '../../domain/settlements/payout';
import { payoutAnswer } from './settlements.answers';

export const PAYOUTS = Symbol('payouts of providers');
export type PayoutList = (filter: PayoutFilter, slice: PayoutSlice, minPosition?: string) => Promise<readonly PayoutRow[]>;

export class PayoutsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: payoutStatuses })
  @IsOptional()
  @IsIn(payoutStatuses)
  readonly status?: PayoutStatus;

  @ApiPropertyOptional({ example: 'stripe-de', description: 'The account that pays them.' })
  @IsOptional()
  @Matches(/^[\w-]{1,100}$/)
  readonly provider?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The settlement that its lines are in.' })
  @IsOptional()
  @IsUUID()
  readonly settlementId?: string;
}

@ApiTags('settlements')
@Controller('payments/payouts')
export class PayoutsController {
  constructor(@Inject(PAYOUTS) private readonly rows: PayoutList) {}

  @Get()
  @ApiOperation({ summary: 'Payouts that providers told of, newest first: come or failed, and which settlement each is' })
  @Answers(200, pageAnswer(payoutAnswer))
  async list(@Query() { status, provider, settlementId, ...query }: PayoutsQuery): Promise<Page<PayoutRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const rows = await this.rows({ status, provider, settlementId }, slice, query.minPosition);
    return pageOf(rows, query, ({ heardAt, payoutId }) => [heardAt, payoutId]);
  }
}
