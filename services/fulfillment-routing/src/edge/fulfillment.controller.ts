import { type Meta } from '@cartage/eventsourcing';
import {
  answered,
  Answers,
  commandHeaders,
  CommandMeta,
  etagOf,
  Headers,
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
import type { ShownDecision, ShownPreview } from '../app/decision-shown';
import type { ListedFulfillment } from '../app/fulfillment-lists';
import type { Routing } from '../app/routing';
import type { HandledBrokering } from '../app/sending';
import type { RoutingReading, ShownBrokering } from '../app/routing-reading';
import { decision, decisionList, preview } from './decision.answers';
import { brokering, fulfillmentPage } from './fulfillment.answers';
import { DecisionIdDto, FulfillmentsQuery, OrderIdDto, PositionQuery, PreviewDto } from './fulfillment.dto';

export const ROUTING = Symbol('Routing');
export const ROUTING_READING = Symbol('RoutingReading');

@ApiTags('fulfillment')
@Controller('fulfillment')
export class FulfillmentController {
  constructor(
    @Inject(ROUTING) private readonly routing: Routing,
    @Inject(ROUTING_READING) private readonly reading: RoutingReading,
  ) {}

  @Get('orders/:orderId')
  @ApiOperation({ summary: 'Shows which locations ship an order, and how far they are.' })
  @Answers(200, brokering, { headers: [Headers.etag], refuses: { unknown: ['BROKERING_UNKNOWN'] } })
  async order(@Param() { orderId }: OrderIdDto, @Res({ passthrough: true }) reply: FastifyReply): Promise<ShownBrokering> {
    const shown = await this.reading.order(orderId);
    reply.header('ETag', etagOf(shown.version));
    return shown;
  }

  @Post('orders/:orderId/broker')
  @ApiOperation({ summary: 'Brokers the lines again that nobody could ship.' })
  @Answers(200, brokering, {
    headers: commandHeaders,
    refuses: { unknown: ['BROKERING_UNKNOWN', 'STOCK_UNKNOWN'], conflict: ['BROKERING_CLOSED', 'STILL_UNFILLABLE'] },
  })
  async brokerAgain(
    @Param() { orderId }: OrderIdDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    return this.answer(reply, orderId, await this.routing.brokerAgain(orderId, meta));
  }

  @Get('orders/:orderId/decisions')
  @ApiOperation({ summary: 'Shows every decision about an order, oldest first: why these locations and no others.' })
  @Answers(200, decisionList, { refuses: { unknown: ['BROKERING_UNKNOWN'] } })
  async decisions(@Param() { orderId }: OrderIdDto): Promise<{ readonly items: readonly ShownDecision[] }> {
    return { items: await this.reading.decisionsOf(orderId) };
  }

  @Get('decisions/:decisionId')
  @ApiOperation({ summary: 'Shows one decision: what was known, how each location scored, what was chosen and why.' })
  @Answers(200, decision, { refuses: { unknown: ['DECISION_UNKNOWN'] } })
  decision(@Param() { decisionId }: DecisionIdDto, @Query() { minPosition }: PositionQuery): Promise<ShownDecision> {
    return this.reading.decision(decisionId, minPosition);
  }

  @Get('fulfillments')
  @Within('query.channel', 'query.location')
  @ApiOperation({ summary: 'Lists fulfilments, newest first.' })
  @Answers(200, fulfillmentPage)
  async list(@Query() query: FulfillmentsQuery): Promise<Page<ListedFulfillment>> {
    const { channel, location, status, overdue, awaitingPickup, brokeredFrom, brokeredBefore } = query;
    const period = { brokeredFrom, brokeredBefore };
    const filter = {
      channel,
      location,
      status,
      overdue,
      awaitingPickup,
      ...period,
      after: placeOf(query.cursor),
      limit: limitOf(query) + 1,
    };
    const rows = await this.reading.fulfillments(filter, query.minPosition);
    return pageOf(rows, query, ({ brokeredAt, fulfillmentId }) => [brokeredAt, fulfillmentId]);
  }

  @Post('preview')
  @Needs('fulfillment:read')
  @ApiOperation({ summary: 'How these lines would be brokered now: candidates, scores, locations. Writes nothing.' })
  @Answers(200, preview, { refuses: { unknown: ['STOCK_UNKNOWN'] } })
  preview(@Body() { lines, destination }: PreviewDto): Promise<ShownPreview> {
    return this.reading.preview(
      lines.map(({ sku, quantity }, i) => ({ lineId: String(i + 1), sku, quantity })),
      { ...destination },
    );
  }

  private answer(reply: FastifyReply, orderId: string, handled: HandledBrokering): Promise<ShownBrokering> {
    answered(reply, handled);
    return this.reading.order(orderId);
  }
}

const placeOf = (cursor: string | undefined): { readonly brokeredAt: string; readonly fulfillmentId: string } | undefined => {
  const place = readCursor(cursor, 'instant', 'uuid');
  return place && { brokeredAt: place[0], fulfillmentId: place[1] };
};
