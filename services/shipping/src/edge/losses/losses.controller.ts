import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, IdParam, limitOf, NoPreview, pageOf, readCursor, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Claims } from '../../app/claims';
import type { Losses, StuckShipment } from '../../app/losses';
import { shownShipment, type ShownShipment } from '../../app/shipment-shown';
import type { KnownClaim } from '../../domain/claims/claim';
import { shipment as shipmentAnswer } from '../shipments.answers';
import { claimAnswer, claimPage, stuckPage } from './losses.answers';
import { AcceptClaimDto, CarrierClaimQueryDto, FileClaimDto, LossDto, PayClaimDto, RefuseClaimDto, StuckQueryDto } from './losses.dto';

export const LOSSES = Symbol('losses');
export const CLAIMS = Symbol('claims');

const ofLoss = { unknown: ['SHIPMENT_UNKNOWN'], invalid: ['PARCEL_UNKNOWN', 'ID_INVALID'] } as const;

@ApiTags('shipping')
@Controller('shipping')
export class LossesController {
  constructor(@Inject(LOSSES) private readonly losses: Losses) {}

  @Get('stuck')
  @ApiOperation({ summary: 'What takes longer than its lane usually does, the longest first: ask the carrier.' })
  @Answers(200, stuckPage)
  async stuck(@Query() { limit, cursor, ...filter }: StuckQueryDto): Promise<Page<StuckShipment>> {
    const after = readCursor(cursor, 'instant', 'uuid');
    const rows = await this.losses.stuck(filter, { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) });
    return pageOf(rows, { limit }, ({ dispatchedAt, shipmentId }) => [dispatchedAt, shipmentId]);
  }

  @Post('shipments/:shipmentId/lost')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'Nobody knows where parcels of it are. A later scan finds them again by itself.' })
  @Answers(200, shipmentAnswer, { refuses: { ...ofLoss, conflict: ['SHIPMENT_NOT_DISPATCHED', 'PARCEL_ARRIVED'] } })
  async lose(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { reason, ...of }: LossDto,
    @CommandMeta() meta: Meta,
  ): Promise<ShownShipment> {
    const said = { ...of, shipmentId, reason: { code: 'lost', detail: reason, by: 'operator' } };
    return shownShipment(shipmentId, await this.losses.lose(said, meta));
  }

  @Post('shipments/:shipmentId/found')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'Parcels that were lost are there again.' })
  @Answers(200, shipmentAnswer, { refuses: { ...ofLoss, conflict: ['SHIPMENT_NOT_DISPATCHED', 'PARCEL_NOT_LOST'] } })
  async find(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { reason, ...of }: LossDto,
    @CommandMeta() meta: Meta,
  ): Promise<ShownShipment> {
    const said = { ...of, shipmentId, reason: { code: 'found', detail: reason, by: 'operator' } };
    return shownShipment(shipmentId, await this.losses.find(said, meta));
  }
}

const unknown = ['CLAIM_UNKNOWN'];
const invalid = ['CLAIM_EXCEEDED', 'ID_INVALID'];

@ApiTags('shipping')
@Controller('shipping/claims')
export class CarrierClaimsController {
  constructor(@Inject(CLAIMS) private readonly claims: Claims) {}

  @Post()
  @NoPreview()
  @ApiOperation({ summary: 'What a carrier is asked to pay for a parcel. One for each parcel.' })
  @Answers(201, claimAnswer, {
    refuses: { unknown: ['SHIPMENT_UNKNOWN'], conflict: ['SHIPMENT_NOT_DISPATCHED', 'CLAIM_FILED'], invalid: ['PARCEL_UNKNOWN'] },
  })
  file(@Body() { reason, ...filing }: FileClaimDto, @CommandMeta() meta: Meta): Promise<KnownClaim> {
    return this.claims.file({ ...filing, reason: { code: reason, by: 'operator' } }, meta);
  }

  @Get()
  @ApiOperation({ summary: 'Claims, the newest first.' })
  @Answers(200, claimPage)
  async list(@Query() { limit, cursor, ...filter }: CarrierClaimQueryDto): Promise<Page<KnownClaim>> {
    const after = readCursor(cursor, 'instant', 'uuid');
    const rows = await this.claims.list(filter, { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) });
    return pageOf(rows, { limit }, ({ filedAt, claimId }) => [filedAt, claimId]);
  }

  @Get(':claimId')
  @ApiOperation({ summary: 'A claim as it stands.' })
  @Answers(200, claimAnswer, { refuses: { unknown, invalid: ['ID_INVALID'] } })
  get(@Param('claimId', IdParam) claimId: string): Promise<KnownClaim> {
    return this.claims.get(claimId);
  }

  @Post(':claimId/acceptance')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'The carrier accepts it, or a part of it.' })
  @Answers(200, claimAnswer, { refuses: { unknown, conflict: ['CLAIM_PAID'], invalid } })
  accept(@Param('claimId', IdParam) claimId: string, @Body() { amount }: AcceptClaimDto, @CommandMeta() meta: Meta): Promise<KnownClaim> {
    return this.claims.accept(claimId, amount, meta);
  }

  @Post(':claimId/refusal')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'The carrier refuses it. It may be accepted after all.' })
  @Answers(200, claimAnswer, { refuses: { unknown, conflict: ['CLAIM_PAID'], invalid: ['ID_INVALID'] } })
  refuse(@Param('claimId', IdParam) claimId: string, @Body() { reason }: RefuseClaimDto, @CommandMeta() meta: Meta): Promise<KnownClaim> {
    return this.claims.refuse(claimId, { code: 'refused', detail: reason, by: 'carrier' }, meta);
  }

  @Post(':claimId/payments')
  @NoPreview()
  @HttpCode(200)
  @ApiOperation({ summary: 'The carrier has paid, in one or in parts.' })
  @Answers(200, claimAnswer, { refuses: { unknown, conflict: ['CLAIM_NOT_ACCEPTED'], invalid } })
  pay(@Param('claimId', IdParam) claimId: string, @Body() { amount }: PayClaimDto, @CommandMeta() meta: Meta): Promise<KnownClaim> {
    return this.claims.pay(claimId, amount, meta);
  }
}
