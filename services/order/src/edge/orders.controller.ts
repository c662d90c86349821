import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  commandHeaders,
  CommandMeta,
  etagOf,
  Headers,
  IdParam,
  instantOf,
  limitOf,
  Needs,
  type Page,
  pageOf,
  readCursor,
  Within,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ListedOrder, ListOrders } from '../app/order-list';
import type { ShownOrder } from '../app/order-shown';
import type { Orders, Receipt } from '../app/orders';
import type { ShownPersonal } from '../app/sealing';
import type { TimelineEntry } from '../app/timeline';
import { placementOf, receipted } from './placing';
import { afterOf, AsOfQuery, OrderListQuery, TimelineQuery } from './order-queries.dto';
import { order as orderAnswer, orderPage, receipt } from './orders.answers';
import { PlaceOrderDto } from './orders.dto';
import { personal, timelinePage } from './timeline.answers';

export const ORDERS = Symbol('orders');
export const ORDER_LIST = Symbol('order list');

@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    @Inject(ORDERS) private readonly orders: Orders,
    @Inject(ORDER_LIST) private readonly listOrders: ListOrders,
  ) {}

  @Post()
  @Within('body.channel')
  @ApiOperation({ summary: 'Place an order. It is reserved, verified and routed by itself.' })
  @Answers([201, 200, 202], receipt, {
    headers: [...commandHeaders, Headers.location],
    refuses: {
      conflict: ['CHANNEL_ORDER_DIFFERS'],
      invalid: ['ORDER_INVALID', 'ORDER_TOTAL_MISMATCH', 'ORDER_TOO_LARGE', 'PLACEMENT_REFUSED', 'PLACEMENT_PARKED'],
    },
  })
  async place(
    @Body() { channel, externalOrderId, ...body }: PlaceOrderDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt> {
    return receipted(reply, await this.orders.place(placementOf(body, channel ?? 'web', externalOrderId), meta));
  }

  @Get()
  @Within('query.channel')
  @ApiOperation({ summary: 'Orders of all channels, newest first.' })
  @Answers(200, orderPage)
  async list(@Query() query: OrderListQuery): Promise<Page<ListedOrder>> {
    const { customer: customerId, orderId: orderIds, placedTo: placedBefore } = query;
    const filter = { ...query, customerId, orderIds, placedBefore, after: afterOf(query), limit: limitOf(query) + 1 };
    return pageOf(await this.listOrders(filter, query.minPosition), query, (order) => [order.placedAt, order.orderId]);
  }

  @Get(':orderId')
  @ApiOperation({ summary: 'One order as it stands, or as it stood (`asOf`).' })
  @Answers(200, orderAnswer, { headers: [Headers.etag], refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async get(
    @Param('orderId', IdParam) orderId: string,
    @Query() { asOf }: AsOfQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownOrder> {
    const order = await this.orders.get(orderId, instantOf(asOf));
    reply.header('ETag', etagOf(order.version));
    return order;
  }

  @Get(':orderId/timeline')
  @ApiOperation({ summary: 'Everything that happened to an order, or to one of its lines: what, when, by whom.' })
  @Answers(200, timelinePage, { refuses: { unknown: ['ORDER_UNKNOWN', 'LINE_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async timeline(@Param('orderId', IdParam) orderId: string, @Query() query: TimelineQuery): Promise<Page<TimelineEntry>> {
    const [seen = 0] = readCursor(query.cursor, 'count') ?? [];
    const entries = await this.orders.timeline(orderId, query.lineId);
    const rest = entries.filter(({ version }) => version > seen).slice(0, limitOf(query) + 1);
    return pageOf(rest, query, ({ version }) => [version]);
  }

  @Get(':orderId/personal')
  @Needs('orders:personal')
  @ApiOperation({ summary: 'What is personal in an order, and the channel’s own message, until the person is erased.' })
  @Answers(200, personal, { refuses: { unknown: ['ORDER_UNKNOWN', 'PERSONAL_ERASED'], invalid: ['ID_INVALID'] } })
  personal(@Param('orderId', IdParam) orderId: string): Promise<ShownPersonal> {
    return this.orders.personal(orderId);
  }
}
