import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  bytes,
  commandHeaders,
  CommandMeta,
  etagOf,
  Headers,
  IdParam,
  IfMatch,
  limitOf,
  type Page,
  pageOf,
  PreviewsItems,
  readCursor,
  Within,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Labels } from '../app/labels';
import type { HandledShipment } from '../app/shipment-log';
import type { ListedShipment, ShipmentReading } from '../app/shipment-reading';
import { shownShipment, type ShownShipment } from '../app/shipment-shown';
import type { Shipments } from '../app/shipments';
import { eachShipment, type ShipmentItems } from './batches';
import { shipment as shipmentAnswer, shipmentItems, shipmentPage } from './shipments.answers';
import {
  BuyLabelDto,
  DispatchBatchDto,
  DispatchItemDto,
  PackBatchDto,
  PackItemDto,
  PackShipmentDto,
  ShipmentQueryDto,
} from './shipments.dto';

export const SHIPMENTS = Symbol('shipments');
export const SHIPMENT_READING = Symbol('shipment reading');
export const LABELS = Symbol('labels');

/** What the status of a shipment may stand against, beside what a step refuses of its own. */
const notNow = ['SHIPMENT_NOT_ALLOCATED', 'SHIPMENT_CANCELLED', 'SHIPMENT_DISPATCHED'] as const;
/** And what stops whatever is not handed over yet. */
const notNowOrHeld = [...notNow, 'SHIPMENT_HELD'] as const;

const answer = (reply: FastifyReply, shipmentId: string, handled: HandledShipment): ShownShipment => {
  answered(reply, handled);
  return shownShipment(shipmentId, handled.state);
};

@ApiTags('shipping')
@Controller('shipping/shipments')
export class ShipmentsController {
  constructor(
    @Inject(SHIPMENTS) private readonly shipments: Shipments,
    @Inject(SHIPMENT_READING) private readonly reading: ShipmentReading,
    @Inject(LABELS) private readonly labels: Labels,
  ) {}

  @Get()
  @Within('query.channel', 'query.location')
  @ApiOperation({ summary: 'Shipments, oldest first. `?status=to-pack&location=…` is the queue of a warehouse.' })
  @Answers(200, shipmentPage)
  async list(@Query() { limit, cursor, minPosition, ...filter }: ShipmentQueryDto): Promise<Page<ListedShipment>> {
    const after = readCursor(cursor, 'instant', 'uuid');
    const page = { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) };
    const rows = await this.reading.list(filter, page, minPosition);
    return pageOf(rows, { limit }, ({ plannedAt, shipmentId }) => [plannedAt, shipmentId]);
  }

  @Post('pack')
  @Within('body.shipments.shipmentId')
  @PreviewsItems()
  @ApiOperation({
    summary: 'Packs many shipments at once; each is answered as if it had been asked alone.',
    description: 'One that cannot be packed keeps none of the others out. The same batch may be sent again under its key.',
  })
  @Answers(200, shipmentItems)
  packMany(@Body() { shipments }: PackBatchDto, @CommandMeta() meta: Meta): Promise<ShipmentItems> {
    return eachShipment({ dto: PackItemDto, items: shipments }, meta, ({ shipmentId, parcels }, own) =>
      this.shipments.pack(shipmentId, parcels, own),
    );
  }

  @Post('dispatch')
  @Within('body.shipments.shipmentId')
  @PreviewsItems()
  @ApiOperation({
    summary: 'The carrier has the parcels of many shipments; each is answered as if it had been asked alone.',
    description: 'One that cannot be handed over keeps none of the others out. The same batch may be sent again under its key.',
  })
  @Answers(200, shipmentItems)
  dispatchMany(@Body() { shipments }: DispatchBatchDto, @CommandMeta() meta: Meta): Promise<ShipmentItems> {
    return eachShipment({ dto: DispatchItemDto, items: shipments }, meta, ({ shipmentId }, own) =>
      this.shipments.dispatch(shipmentId, own),
    );
  }

  @Get(':shipmentId')
  @ApiOperation({ summary: 'One shipment as it stands, from its own events.' })
  @Answers(200, shipmentAnswer, { headers: [Headers.etag], refuses: { unknown: ['SHIPMENT_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async get(@Param('shipmentId', IdParam) shipmentId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownShipment> {
    const { shown, version } = await this.reading.show(shipmentId);
    void reply.header('ETag', etagOf(version));
    return shown;
  }

  @Post(':shipmentId/pack')
  @ApiOperation({
    summary: 'The goods are in their parcels; the label is bought by itself.',
    description: 'Without `parcels` they are as `GET …/packing` suggests them.',
  })
  @Answers(200, shipmentAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: [...notNowOrHeld, 'SHIPMENT_PACKED_ALREADY', 'SHIPMENT_NOT_PICKED'],
      invalid: ['PACKING_WRONG', 'PACKING_NOT_SUGGESTED', 'CUSTOMS_MISSING', 'ID_INVALID'],
    },
  })
  async pack(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { parcels }: PackShipmentDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    return answer(reply, shipmentId, await this.shipments.pack(shipmentId, parcels, meta, ifVersion));
  }

  @Post(':shipmentId/label')
  @ApiOperation({
    summary: 'Buys a label: again after the carrier refused, or of another service.',
    description:
      '`label-failed` tells that the carrier refused, `label-delayed` that it gave no answer: it is asked again, by itself and by this. While a label of another service is being bought, this is refused.',
  })
  @Answers(200, shipmentAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: [
        ...notNowOrHeld,
        ...['SHIPMENT_NOT_PACKED', 'SHIPMENT_FETCHED', 'LABEL_EXISTS', 'LABEL_UNDERWAY', 'LABEL_WITHDRAWN', 'LABEL_OF_PARTNER'],
      ],
      invalid: ['SERVICE_UNKNOWN', 'CARRIER_UNKNOWN', 'ID_INVALID'],
    },
  })
  async buyLabel(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { carrier, service }: BuyLabelDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    return answer(
      reply,
      shipmentId,
      await this.labels.order(
        shipmentId,
        { ...(carrier === undefined ? {} : { carrier }), ...(service === undefined ? {} : { service }) },
        meta,
      ),
    );
  }

  @Get(':shipmentId/label.pdf')
  @ApiOperation({ summary: 'The label to print, 4 × 6 inches, a page for each parcel. Printing it again changes nothing.' })
  @ApiProduces('application/pdf')
  @Answers(200, bytes, {
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: [...notNow, 'SHIPMENT_NOT_PACKED', 'SHIPMENT_NOT_LABELLED', 'PERSONAL_ERASED', 'LABEL_OF_PARTNER'],
      invalid: ['ID_INVALID'],
    },
  })
  async printLabel(@Param('shipmentId', IdParam) shipmentId: string, @Res() reply: FastifyReply): Promise<void> {
    const pdf = await this.labels.print(shipmentId);
    // It names the recipient: no cache may keep it.
    void reply.header('Content-Type', 'application/pdf').header('Cache-Control', 'no-store').send(pdf);
  }

  @Post(':shipmentId/dispatch')
  @ApiOperation({ summary: 'The carrier has the parcels.' })
  @Answers(200, shipmentAnswer, {
    headers: commandHeaders,
    refuses: {
      unknown: ['SHIPMENT_UNKNOWN'],
      conflict: [...notNowOrHeld, 'SHIPMENT_NOT_PACKED', 'SHIPMENT_NOT_LABELLED'],
      invalid: ['ID_INVALID'],
    },
  })
  async dispatch(
    @Param('shipmentId', IdParam) shipmentId: string,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    return answer(reply, shipmentId, await this.shipments.dispatch(shipmentId, meta, ifVersion));
  }
}
