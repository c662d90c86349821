import type { Meta } from '@cartage/eventsourcing';
import { Answers, commandHeaders, etagOf, Headers, instantOf, Needs, PreviewsItems, RequestMeta } from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ChannelGaps, FindChannelGaps } from '../app/channel-gaps';
import type { ShownOrder } from '../app/order-shown';
import type { Orders, Receipt } from '../app/orders';
import { ChannelGapsDto } from './channel-gaps.dto';
import { OrderBatchDto } from './batch.dto';
import { AsOfQuery, ChannelOrderPath, ChannelPath } from './order-queries.dto';
import { batch, order as orderAnswer, receipt } from './orders.answers';
import { ORDERS } from './orders.controller';
import { ChannelOrderDto } from './orders.dto';
import { placeBatch, placementOf, receipted, type BatchAnswer } from './placing';
import { gaps } from './timeline.answers';

export const CHANNEL_GAPS = Symbol('channel gaps');

@ApiTags('channels')
@Controller('channels')
export class ChannelsController {
  constructor(
    @Inject(ORDERS) private readonly orders: Orders,
    @Inject(CHANNEL_GAPS) private readonly gapsOf: FindChannelGaps,
  ) {}

  @Put(':channel/orders/:externalOrderId')
  @ApiOperation({ summary: 'Take over a channel’s order. The same pair is one order, however often and by however many it is sent.' })
  @Answers([201, 200, 202], receipt, {
    headers: [...commandHeaders, Headers.location],
    refuses: {
      conflict: ['CHANNEL_ORDER_DIFFERS'],
      invalid: ['ORDER_INVALID', 'ORDER_TOTAL_MISMATCH', 'ORDER_TOO_LARGE', 'PLACEMENT_REFUSED', 'PLACEMENT_PARKED'],
    },
  })
  async place(
    @Param() { channel, externalOrderId }: ChannelOrderPath,
    @Body() body: ChannelOrderDto,
    @RequestMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt> {
    return receipted(reply, await this.orders.place(placementOf(body, channel, externalOrderId), meta));
  }

  @Post(':channel/orders/batch')
  @PreviewsItems()
  @ApiOperation({
    summary: 'Take over many of a channel’s orders at once; each is answered as if it had come alone.',
    description:
      'An order that cannot be taken keeps none of the others out. The same batch may be sent again: each order’s key is its own number.',
  })
  @Answers(200, batch)
  placeMany(@Param() { channel }: ChannelPath, @Body() { orders }: OrderBatchDto, @RequestMeta() meta: Meta): Promise<BatchAnswer> {
    return placeBatch(this.orders, { channel, orders }, meta);
  }

  @Get(':channel/orders/:externalOrderId')
  @ApiOperation({ summary: 'An order by its channel’s own number.' })
  @Answers(200, orderAnswer, { headers: [Headers.etag], refuses: { unknown: ['ORDER_UNKNOWN'] } })
  async get(
    @Param() { channel, externalOrderId }: ChannelOrderPath,
    @Query() { asOf }: AsOfQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownOrder> {
    const order = await this.orders.ofChannel(channel, externalOrderId, instantOf(asOf));
    reply.header('ETag', etagOf(order.version));
    return order;
  }

  @Post(':channel/gaps')
  @Needs('orders:read')
  @ApiOperation({ summary: 'Which of the orders that a channel says it has sent never came. Changes nothing.' })
  @Answers(200, gaps)
  gaps(@Param() { channel }: ChannelPath, @Body() { externalOrderIds }: ChannelGapsDto): Promise<ChannelGaps> {
    return this.gapsOf(channel, externalOrderIds);
  }
}
