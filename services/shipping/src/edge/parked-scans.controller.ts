import { list, object, oneOf, optional, reason as reasonShape, text, time, uuid } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  CommandMeta,
  IdParam,
  IsCode,
  IsNote,
  limitOf,
  NoPreview,
  pageAnswer,
  pageOf,
  PageQuery,
  readCursor,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { parkReasons, type ParkedScan, type ParkedScans, type ParkReason, type Retried } from '../app/parked-scans';
import { milestones } from '../domain/events';

export const PARKED_SCANS = Symbol('parked scans');

export class ParkedScanQueryDto extends PageQuery {
  @ApiPropertyOptional({ example: 'simulated' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ enum: parkReasons })
  @IsOptional()
  @IsIn(parkReasons)
  readonly waitsFor?: ParkReason;
}

export class DismissScanDto {
  @ApiProperty({ example: 'Not our parcel: the carrier mixed up two senders.', description: 'For whoever asks later.' })
  @IsNote(1_000)
  readonly reason!: string;
}

const waitsFor = oneOf(
  parkReasons,
  '`number-unknown`: no label of that number is known yet. `label-unused`: its shipment goes by another label. `dated-ahead`: by more than a carrier’s clock may be ahead.',
);

export const parkedScan = answerOf<ParkedScan>()(
  'ParkedScan',
  object({
    scanId: uuid('Ours.'),
    carrier: text(),
    trackingNumber: text(),
    eventId: text('The carrier’s own, unique for a parcel.'),
    milestone: oneOf(milestones),
    place: optional(text('As the carrier names it.')),
    reason: optional(reasonShape),
    occurredAt: time('By the carrier’s clock.'),
    waitsFor,
    parkedAt: time('Since when it waits.'),
  }),
);
const parkedPage = pageAnswer(parkedScan);

const retried = answerOf<Retried>()(
  'RetriedScan',
  object({ scanId: uuid(), status: oneOf(['recorded', 'parked']), waitsFor: optional(waitsFor) }),
);

export const waitingScans = list(
  object({ scanId: uuid(), trackingNumber: text(), eventId: text('The carrier’s own id of the scan.'), waitsFor }),
  'Kept until what they wait for comes: `GET /shipping/scans/parked`.',
);

@ApiTags('shipping')
@Controller('shipping/scans/parked')
export class ParkedScansController {
  constructor(@Inject(PARKED_SCANS) private readonly scans: ParkedScans) {}

  @Get()
  @ApiOperation({ summary: 'What carriers told and nothing here fits yet; oldest first.' })
  @Answers(200, parkedPage)
  async list(@Query() { limit, cursor, ...filter }: ParkedScanQueryDto): Promise<Page<ParkedScan>> {
    const after = readCursor(cursor, 'instant', 'uuid');
    const rows = await this.scans.list(filter, { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) });
    return pageOf(rows, { limit }, ({ parkedAt, scanId }) => [parkedAt, scanId]);
  }

  @Post(':scanId/retry')
  @NoPreview()
  @ApiOperation({ summary: 'Tries a scan again that waits. `parked` tells that it still does.' })
  @Answers(200, retried, { refuses: { unknown: ['PARKED_SCAN_UNKNOWN'], conflict: ['PARKED_SCAN_DISMISSED'], invalid: ['ID_INVALID'] } })
  retry(@Param('scanId', IdParam) scanId: string, @CommandMeta() meta: Meta): Promise<Retried> {
    return this.scans.retry(scanId, meta);
  }

  @Post(':scanId/dismiss')
  @NoPreview()
  @ApiOperation({ summary: 'A scan that is not ours, or is wrong. It is remembered: sent again, it does not come back.' })
  @Answers(200, parkedScan, { refuses: { unknown: ['PARKED_SCAN_UNKNOWN'], invalid: ['ID_INVALID'] } })
  dismiss(@Param('scanId', IdParam) scanId: string, @Body() { reason }: DismissScanDto, @CommandMeta() meta: Meta): Promise<ParkedScan> {
    return this.scans.dismiss(scanId, reason, meta);
  }
}
