import type { Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, commandHeaders } from '@cartage/service-kit';
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { FulfillmentDesk } from '../app/fulfillment-desk';
import type { RoutingReading, ShownBrokering } from '../app/routing-reading';
import { FulfillmentHoldDto, MoveDto, RejectDto, SplitDto } from './desk.dto';
import { brokering } from './fulfillment.answers';
import { FulfillmentAsking, reasonOf } from './fulfillment-asking';
import { ROUTING_READING } from './fulfillment.controller';
import { FulfillmentIdDto } from './fulfillment.dto';

export const FULFILLMENT_DESK = Symbol('FulfillmentDesk');

const closed = { unknown: ['FULFILLMENT_UNKNOWN'], conflict: ['FULFILLMENT_CLOSED'] };
const moving = { unknown: [...closed.unknown, 'STOCK_UNKNOWN'], conflict: [...closed.conflict, 'FULFILLMENT_IN_MOTION'] };

@ApiTags('fulfillment')
@Controller('fulfillment/fulfillments/:fulfillmentId')
export class FulfillmentDeskController extends FulfillmentAsking {
  constructor(
    @Inject(FULFILLMENT_DESK) private readonly desk: FulfillmentDesk,
    @Inject(ROUTING_READING) protected readonly reading: RoutingReading,
  ) {
    super();
  }

  @Post('accept')
  @ApiOperation({ summary: 'The location takes it.' })
  @Answers(200, brokering, { headers: commandHeaders, refuses: closed })
  accept(
    @Param() { fulfillmentId }: FulfillmentIdDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    return this.answer(reply, fulfillmentId, (of) => this.desk.accept(of, meta));
  }

  @Post('reject')
  @ApiOperation({
    summary:
      'The location asks not to ship it, or some of it. Whoever holds the goods answers; if nothing was handed over, those lines are brokered again elsewhere, and the others go from where they are.',
  })
  @Answers(200, brokering, { headers: commandHeaders, refuses: { ...closed, invalid: ['UNITS_NOT_IN_FULFILLMENT'] } })
  reject(
    @Param() { fulfillmentId }: FulfillmentIdDto,
    @Body() { reason, detail, stockEffect, lines }: RejectDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    const asked = { reason: reasonOf({ reason, detail }, meta), stockEffect, lines };
    return this.answer(reply, fulfillmentId, (of) => this.desk.reject(of, asked, meta));
  }

  @Post('move')
  @ApiOperation({
    summary:
      'Another location, the one that is named, is to ship it. Whoever holds the goods answers; if nothing was handed over, it is brokered there, or where the rules say if that cannot take it any more.',
  })
  @Answers(200, brokering, {
    headers: commandHeaders,
    refuses: { ...moving, conflict: [...moving.conflict, 'ALREADY_THERE', 'LOCATION_UNFIT'] },
  })
  move(
    @Param() { fulfillmentId }: FulfillmentIdDto,
    @Body() { location, reason, detail }: MoveDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    return this.answer(reply, fulfillmentId, (of) => this.desk.move(of, { location, reason: reasonOf({ reason, detail }, meta) }, meta));
  }

  @Post('split')
  @ApiOperation({
    summary:
      'Some of its units are to go apart, from the location that is named or from whoever the rules find. Whoever holds the goods answers; the others stay where they are.',
  })
  @Answers(200, brokering, {
    headers: commandHeaders,
    refuses: {
      ...moving,
      conflict: [...moving.conflict, 'ALREADY_THERE', 'LOCATION_UNFIT'],
      invalid: ['UNITS_NOT_IN_FULFILLMENT', 'NOTHING_STAYS'],
    },
  })
  split(
    @Param() { fulfillmentId }: FulfillmentIdDto,
    @Body() { lines, location, reason, detail }: SplitDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    const asked = { lines, location, reason: reasonOf({ reason, detail }, meta) };
    return this.answer(reply, fulfillmentId, (of) => this.desk.move(of, asked, meta));
  }

  @Post('hold')
  @ApiOperation({ summary: 'The location stops a fulfilment of its own: it is neither packed nor handed over until it is released.' })
  @Answers(200, brokering, { headers: commandHeaders, refuses: closed })
  hold(
    @Param() { fulfillmentId }: FulfillmentIdDto,
    @Body() { reason, detail }: FulfillmentHoldDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    return this.answer(reply, fulfillmentId, (of) => this.desk.hold(of, reasonOf({ reason, detail }, meta), meta));
  }

  @Post('release')
  @ApiOperation({ summary: 'The location goes on with a fulfilment that it had stopped.' })
  @Answers(200, brokering, { headers: commandHeaders, refuses: { unknown: ['FULFILLMENT_UNKNOWN'] } })
  release(
    @Param() { fulfillmentId }: FulfillmentIdDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    return this.answer(reply, fulfillmentId, (of) => this.desk.release(of, meta));
  }
}
