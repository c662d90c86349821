import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  answered,
  commandHeaders,
  CommandMeta,
  Headers,
  IfMatch,
  KeepsWithin,
  limitOf,
  MyLocations,
  pageOf,
  readCursor,
  RequestMeta,
  Within,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CarriedOrder, PurchaseOrders, ShownPurchaseOrder } from '../../app/supply/purchase-orders';
import { comingTo } from '../../domain/supply/purchase-order';
import { purchaseOrderAnswer, purchaseOrderPage } from './purchase-orders.answers';
import {
  orderedLineOf,
  PurchaseOrderClosingDto,
  PurchaseOrderDto,
  PurchaseOrderPath,
  PurchaseOrderReceiptDto,
  PurchaseOrdersQueryDto,
  reasonBy,
} from './purchase-orders.dto';

export const PURCHASE_ORDERS = Symbol('PurchaseOrders');

@ApiTags('supply')
@Controller('inventory/purchase-orders')
export class PurchaseOrdersController {
  constructor(@Inject(PURCHASE_ORDERS) private readonly orders: PurchaseOrders) {}

  @Put(':purchaseOrder')
  @ApiOperation({
    summary:
      'Says what is ordered of a supplier and when it is expected, or says it anew. Who waits for it gets a date, and is told when that moves.',
  })
  @Answers(200, purchaseOrderAnswer, {
    headers: commandHeaders,
    refuses: { invalid: ['LOCATION_UNKNOWN', 'KIT_HAS_NO_STOCK', 'PURCHASE_ORDER_INVALID'] },
  })
  async put(
    @Param() { purchaseOrder }: PurchaseOrderPath,
    @Body() { supplier, lines, reason = 'supply-changed' }: PurchaseOrderDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPurchaseOrder> {
    const ordering = { purchaseOrder, supplier, lines: lines.map(orderedLineOf), reason: reasonBy(meta.actor, reason) };
    return carried(reply, await this.orders.order(ordering, meta, ifVersion));
  }

  @Post(':purchaseOrder/receipts')
  @KeepsWithin('location')
  @ApiOperation({
    summary:
      'Books what came of a purchase order, in parts or more than was ordered: those who waited for it get it, the first first. Staff of a location book what came there.',
  })
  @Answers(201, purchaseOrderAnswer, {
    headers: commandHeaders,
    refuses: { unknown: ['PURCHASE_ORDER_UNKNOWN'], invalid: ['LINE_UNKNOWN', 'STOCK_TOO_LARGE', 'COST_UNCLEAR'] },
  })
  async receive(
    @Param() { purchaseOrder }: PurchaseOrderPath,
    @Body() { lines, final = false }: PurchaseOrderReceiptDto,
    @CommandMeta() meta: Meta,
    @MyLocations() at: ReadonlySet<string> | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPurchaseOrder> {
    const reason = reasonBy(meta.actor, 'short-delivery');
    return comingTo(carried(reply, await this.orders.receive({ purchaseOrder, lines, final, reason, at }, meta)), at);
  }

  @Post(':purchaseOrder/close')
  @ApiOperation({ summary: 'What has not come will not come: cancels a purchase order, or closes it short.' })
  @Answers(201, purchaseOrderAnswer, {
    headers: commandHeaders,
    refuses: { unknown: ['PURCHASE_ORDER_UNKNOWN'], invalid: ['LINE_UNKNOWN'] },
  })
  async close(
    @Param() { purchaseOrder }: PurchaseOrderPath,
    @Body() { lineIds, reason, detail }: PurchaseOrderClosingDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPurchaseOrder> {
    return carried(reply, await this.orders.close({ purchaseOrder, lineIds, reason: reasonBy(meta.actor, reason, detail) }, meta));
  }

  @Get()
  @Within('query.location')
  @ApiOperation({ summary: 'Lists purchase orders by number; for staff of a location those of which something is still to come there.' })
  @Answers(200, purchaseOrderPage)
  async list(
    @Query() query: PurchaseOrdersQueryDto,
    @MyLocations() at: ReadonlySet<string> | undefined,
  ): Promise<Page<ShownPurchaseOrder>> {
    const { status, supplier, sku, location } = query;
    const after = readCursor(query.cursor, 'text')?.[0];
    const rows = await this.orders.list({ status, supplier, sku, location, after, limit: limitOf(query) + 1 });
    return pageOf(
      rows.map((order) => comingTo(order, at)),
      query,
      ({ purchaseOrder }) => [purchaseOrder],
    );
  }

  @Get(':purchaseOrder')
  @KeepsWithin('location')
  @ApiOperation({ summary: 'Shows a purchase order, with what came of it; to staff of a location the lines that come there.' })
  @Answers(200, purchaseOrderAnswer, { headers: [Headers.etag], refuses: { unknown: ['PURCHASE_ORDER_UNKNOWN'] } })
  async get(
    @Param() { purchaseOrder }: PurchaseOrderPath,
    @MyLocations() at: ReadonlySet<string> | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownPurchaseOrder> {
    const order = await this.orders.get(purchaseOrder, at);
    answered(reply, { version: order.revision, position: '', repeated: false });
    return order;
  }
}

const carried = (reply: FastifyReply, { answer, ...how }: CarriedOrder): ShownPurchaseOrder => {
  answered(reply, { ...how, version: answer.revision });
  return answer;
};
