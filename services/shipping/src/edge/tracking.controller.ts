import type { Meta } from '@cartage/eventsourcing';
import { Answers, KeepRawBody, Public, RawBody, RequestMeta } from '@cartage/service-kit';
import { Body, Controller, Get, Header, Headers, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { PublicTracking } from '../app/public-tracking';
import type { ShipmentReading } from '../app/shipment-reading';
import type { Received, Tracking, Webhook } from '../app/tracking';
import { received, tracking } from './tracking.answers';
import { SHIPMENT_READING } from './shipments.controller';

/** Each carrier has its own form; this is the simulated one’s. */
const scan = { scanId: 's-1', awb: 'CTG…', code: 'DELIVERED', scannedAt: '2026-11-24T09:00:00Z', hub: 'Leeds' };

export const TRACKING = Symbol('tracking');

@ApiTags('shipping')
@Controller('shipping')
export class TrackingController {
  constructor(
    @Inject(TRACKING) private readonly tracking: Tracking,
    @Inject(SHIPMENT_READING) private readonly reading: ShipmentReading,
  ) {}

  @Post('carriers/:carrier/webhooks')
  @Public('signed')
  @KeepRawBody()
  @ApiOperation({ summary: 'Scans in the carrier’s own words, signed by it. May come twice, late, and before the label is known.' })
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example: { scans: [scan] } } })
  @Answers(202, received, { refuses: { unknown: ['CARRIER_UNKNOWN'], invalid: ['SIGNATURE_INVALID', 'WEBHOOK_INVALID', 'WEBHOOK_STALE'] } })
  receive(
    @Param('carrier') carrier: string,
    @Headers() headers: Webhook['headers'],
    @Body() payload: unknown,
    @RawBody() rawBody: Uint8Array,
    @RequestMeta() meta: Meta,
  ): Promise<Received> {
    return this.tracking.receive(carrier, { headers, rawBody, payload }, meta);
  }

  @Get('track/:token')
  @Public('link')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Where a parcel is, for whoever has its link. Nothing personal.' })
  @Answers(200, tracking, { refuses: { unknown: ['TRACKING_UNKNOWN'] } })
  track(@Param('token') token: string): Promise<PublicTracking> {
    return this.reading.track(token);
  }
}
