import type { Meta } from '@cartage/eventsourcing';
import { Answers, bytes, CommandMeta, IdParam, limitOf, NoPreview, pageOf, readCursor, Within, type Page } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ListedManifest, Manifests } from '../../app/manifests';
import type { Pickups } from '../../app/pickups';
import type { ClosedManifest } from '../../domain/days/manifest';
import type { KnownPickup } from '../../domain/days/pickup';
import { manifestAnswer, manifestPage, pickupAnswer, pickupPage } from './days.answers';
import { BookPickupDto, CancelPickupDto, CloseManifestDto, ManifestQueryDto, PickupQueryDto } from './days.dto';

export const MANIFESTS = Symbol('manifests');
export const PICKUPS = Symbol('pickups');

@ApiTags('shipping')
@Controller('shipping/manifests')
export class ManifestsController {
  constructor(@Inject(MANIFESTS) private readonly manifests: Manifests) {}

  @Post()
  @NoPreview()
  @Within('body.location')
  @ApiOperation({
    summary: 'Closes the day of a carrier at a location: the list of what was handed over, and stands on no list yet.',
    description: 'Closed again, it answers as the first time; what is handed over after that stands on the next day’s list.',
  })
  @Answers(201, manifestAnswer, {
    refuses: {
      invalid: ['CARRIER_UNKNOWN', 'LOCATION_UNKNOWN', 'DAY_NOT_BEGUN'],
      conflict: ['MANIFEST_EMPTY', 'MANIFEST_UNDERWAY', 'CARRIER_SILENT'],
    },
  })
  close(@Body() closing: CloseManifestDto, @CommandMeta() meta: Meta): Promise<ClosedManifest> {
    return this.manifests.close(closing, meta);
  }

  @Get()
  @Within('query.location')
  @ApiOperation({ summary: 'Manifests, the newest first.' })
  @Answers(200, manifestPage)
  async list(@Query() { limit, cursor, ...filter }: ManifestQueryDto): Promise<Page<ListedManifest>> {
    const after = readCursor(cursor, 'instant', 'uuid');
    const rows = await this.manifests.list(filter, { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) });
    return pageOf(rows, { limit }, ({ closedAt, manifestId }) => [closedAt, manifestId]);
  }

  @Get(':manifestId')
  @ApiOperation({ summary: 'A manifest with all that stands on it.' })
  @Answers(200, manifestAnswer, { refuses: { unknown: ['MANIFEST_UNKNOWN'], invalid: ['ID_INVALID'] } })
  get(@Param('manifestId', IdParam) manifestId: string): Promise<ClosedManifest> {
    return this.manifests.get(manifestId);
  }

  @Get(':manifestId/manifest.pdf')
  @ApiOperation({ summary: 'The same to print, for the driver to sign.' })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, { refuses: { unknown: ['MANIFEST_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async print(@Param('manifestId', IdParam) manifestId: string, @Res() reply: FastifyReply): Promise<void> {
    const pdf = await this.manifests.print(manifestId);
    void reply.header('Content-Type', 'application/pdf').send(pdf);
  }
}

@ApiTags('shipping')
@Controller('shipping/pickups')
export class PickupsController {
  constructor(@Inject(PICKUPS) private readonly pickups: Pickups) {}

  @Post()
  @NoPreview()
  @Within('body.location')
  @ApiOperation({
    summary: 'Asks a carrier to come. The same carrier, location and beginning is the same pickup.',
    description: '`refused` tells that the carrier will not come, and why. When it gives no answer, ask again.',
  })
  @Answers(201, pickupAnswer, {
    refuses: {
      invalid: ['CARRIER_UNKNOWN', 'LOCATION_UNKNOWN', 'WINDOW_WRONG', 'WINDOW_OVER'],
      conflict: ['CARRIER_SILENT', 'PICKUP_OVER'],
    },
  })
  book(@Body() booking: BookPickupDto, @CommandMeta() meta: Meta): Promise<KnownPickup> {
    return this.pickups.book(booking, meta);
  }

  @Get()
  @Within('query.location')
  @ApiOperation({ summary: 'Pickups, the latest first. `?status=missed` are those that nobody came to.' })
  @Answers(200, pickupPage)
  async list(@Query() { limit, cursor, ...filter }: PickupQueryDto): Promise<Page<KnownPickup>> {
    const after = readCursor(cursor, 'instant', 'uuid');
    const rows = await this.pickups.list(filter, { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) });
    return pageOf(rows, { limit }, ({ from, pickupId }) => [from, pickupId]);
  }

  @Get(':pickupId')
  @ApiOperation({ summary: 'A pickup as it stands.' })
  @Answers(200, pickupAnswer, { refuses: { unknown: ['PICKUP_UNKNOWN'], invalid: ['ID_INVALID'] } })
  get(@Param('pickupId', IdParam) pickupId: string): Promise<KnownPickup> {
    return this.pickups.get(pickupId);
  }

  @Post(':pickupId/cancel')
  @NoPreview()
  @ApiOperation({ summary: 'The carrier need not come.' })
  @Answers(200, pickupAnswer, {
    refuses: { unknown: ['PICKUP_UNKNOWN'], invalid: ['ID_INVALID'], conflict: ['PICKUP_OVER', 'CARRIER_SILENT'] },
  })
  cancel(
    @Param('pickupId', IdParam) pickupId: string,
    @Body() { reason }: CancelPickupDto,
    @CommandMeta() meta: Meta,
  ): Promise<KnownPickup> {
    return this.pickups.cancel(pickupId, { code: 'cancelled', detail: reason, by: 'operator' }, meta);
  }
}
