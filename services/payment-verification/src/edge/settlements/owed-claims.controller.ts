import { currency, money, nullable, object, text, time, uuid } from '@cartage/contracts';
import type { Meta, Position } from '@cartage/eventsourcing';
import {
  answered,
  answerOf,
  Answers,
  commandHeaders,
  CommandMeta,
  IdParam,
  IsCode,
  IsMoney,
  IsPlainText,
  IsTruth,
  limitOf,
  pageAnswer,
  pageOf,
  PageQuery,
  readCursor,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { byOperator } from '../../app/balances/entries';
import type { CarrierClaims } from '../../app/carrier-claims';
import { unknownClaim } from '../../domain/carrier-claims/carrier-claim';
import type { CarrierClaimFilter, CarrierClaimRow, CarrierClaimSlice } from '../../app/views/carrier-claim-list';

export const OWED_CLAIMS = Symbol('claims on carriers');

export interface OwedClaims {
  readonly claims: Pick<CarrierClaims, 'writeOff'>;
  readonly list: (filter: CarrierClaimFilter, slice: CarrierClaimSlice, minPosition?: Position) => Promise<readonly CarrierClaimRow[]>;
  readonly find: (claimId: string, minPosition?: Position) => Promise<CarrierClaimRow | undefined>;
}

export class OwedClaimsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'delhivery' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ description: '`true`: of which something is to come, or too much came.' })
  @IsOptional()
  @IsTruth()
  readonly open?: boolean;
}

export class ClaimWriteOffDto {
  @ApiPropertyOptional({ description: 'Minor units; all that is to come, where it is not said.' })
  @IsOptional()
  @IsMoney({ least: 1 })
  readonly amount?: number;

  @ApiProperty({ example: 'carrier-insolvent', description: 'Why: a stable code.' })
  @IsCode()
  readonly reasonCode!: string;

  @ApiPropertyOptional({ maxLength: 500, description: 'In words. Kept for ever: nothing personal.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;
}

const claim = answerOf<CarrierClaimRow>()(
  'OwedCarrierClaim',
  object({
    claimId: uuid(),
    orderId: uuid(),
    shipmentId: uuid(),
    carrier: text('Who owes it.'),
    trackingNumber: text('The parcel.'),
    reference: nullable(text('The carrier’s own number of the claim.')),
    currency: currency(),
    owed: money('What the carrier has accepted.'),
    settled: money('What came of it.'),
    writtenOff: money('What nobody waits for any more.'),
    open: money('What is to come; below zero, too much came.'),
    owedAt: time('Since when.'),
  }),
);

@ApiTags('settlements')
@Controller('payments/carrier-claims')
export class OwedClaimsController {
  constructor(@Inject(OWED_CLAIMS) private readonly desk: OwedClaims) {}

  @Get()
  @ApiOperation({ summary: 'What carriers owe for parcels that they lost or broke, newest first' })
  @Answers(200, pageAnswer(claim))
  async list(@Query() { carrier, open, ...query }: OwedClaimsQuery): Promise<Page<CarrierClaimRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const rows = await this.desk.list({ carrier, open }, slice, query.minPosition);
    return pageOf(rows, query, ({ owedAt, claimId }) => [owedAt, claimId]);
  }

  @Post(':claimId/write-off')
  @ApiOperation({ summary: 'Wait no more for what a carrier owes, or for a part of it: with a reason, and in the books' })
  @Answers(200, claim, {
    headers: commandHeaders,
    refuses: { unknown: ['CARRIER_CLAIM_UNKNOWN'], invalid: ['ID_INVALID', 'CLAIM_EXCEEDED'], conflict: ['NOTHING_OWED'] },
  })
  async writeOff(
    @Param('claimId', IdParam) claimId: string,
    @Body() { amount, reasonCode, detail }: ClaimWriteOffDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CarrierClaimRow> {
    const reason = byOperator(reasonCode, meta, detail);
    const handled = await this.desk.claims.writeOff(claimId, { reason, ...(amount === undefined ? {} : { amount }) }, meta);
    answered(reply, handled);
    const row = await this.desk.find(claimId, handled.position);
    if (row) return row;
    throw unknownClaim(claimId);
  }
}
