import type { Meta } from '@cartage/eventsourcing';
import { answered, CommandMeta, etagOf, IdParam, IfMatch, limitOf, type Page, pageOf, readCursor } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Labels } from '../app/labels';
import type { HandledShipment } from '../app/shipment-log';
import type { ListedShipment, ShipmentReading } from '../app/shipment-reading';
import { shownShipment, type ShownShipment } from '../app/shipment-shown';
import type { Shipments } from '../app/shipments';
import { BuyLabelDto, PackShipmentDto, ShipmentQueryDto } from './shipments.dto';

export const SHIPMENTS = Symbol('shipments');
export const SHIPMENT_READING = Symbol('shipment reading');
export const LABELS = Symbol('labels');

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
  @ApiOperation({ summary: 'Shipments, oldest first. `?status=to-pack&location=…` is the queue of a warehouse.' })
  async list(@Query() { limit, cursor, minPosition, ...filter }: ShipmentQueryDto): Promise<Page<ListedShipment>> {
    const after = readCursor(cursor, 2)?.map(String) as [string, string] | undefined;
    const page = { limit: limitOf({ limit }) + 1, ...(after ? { after } : {}) };
    const rows = await this.reading.list(filter, page, minPosition);
    return pageOf(rows, { limit }, ({ plannedAt, shipmentId }) => [plannedAt, shipmentId]);
  }

  @Get(':shipmentId')
  @ApiOperation({ summary: 'One shipment as it stands, from its own events.' })
  async get(@Param('shipmentId', IdParam) shipmentId: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownShipment> {
    const { shipment, version } = await this.reading.get(shipmentId);
    const shown = shownShipment(shipmentId, shipment);
    void reply.header('ETag', etagOf(version));
    return shown;
  }

  @Post(':shipmentId/pack')
  @HttpCode(200)
  @ApiOperation({ summary: 'The goods are in their parcels; the label is bought by itself.' })
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
  @HttpCode(200)
  @ApiOperation({ summary: 'Buys a label: again after the carrier refused, or of another service. `label-failed` tells that it refused.' })
  async buyLabel(
    @Param('shipmentId', IdParam) shipmentId: string,
    @Body() { service }: BuyLabelDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    return answer(reply, shipmentId, await this.labels.buy(shipmentId, meta, service));
  }

  @Get(':shipmentId/label.pdf')
  @ApiOperation({ summary: 'The label to print, 4 × 6 inches, a page for each parcel. Printing it again changes nothing.' })
  @ApiProduces('application/pdf')
  async printLabel(@Param('shipmentId', IdParam) shipmentId: string, @Res() reply: FastifyReply): Promise<void> {
    const pdf = await this.labels.print(shipmentId);
    // It names the recipient: no cache may keep it.
    void reply.header('Content-Type', 'application/pdf').header('Cache-Control', 'no-store').send(pdf);
  }

  @Post(':shipmentId/dispatch')
  @HttpCode(200)
  @ApiOperation({ summary: 'The carrier has the parcels.' })
  async dispatch(
    @Param('shipmentId', IdParam) shipmentId: string,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownShipment> {
    return answer(reply, shipmentId, await this.shipments.dispatch(shipmentId, meta, ifVersion));
  }
}
