import { Refused, type Meta } from '@cartage/eventsourcing';
import { Answers, CommandMeta, commandHeaders } from '@cartage/service-kit';
import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { PickupDesk } from '../app/pickup-desk';
import type { RoutingReading, ShownBrokering } from '../app/routing-reading';
import { brokering } from './fulfillment.answers';
import { FulfillmentAsking, reasonOf } from './fulfillment-asking';
import { ROUTING_READING } from './fulfillment.controller';
import { FulfillmentIdDto } from './fulfillment.dto';
import { PickupExtensionDto, PickupHandoverDto } from './pickups.dto';

export const PICKUP_DESK = Symbol('PickupDesk');

const over = ['NOT_READY_FOR_PICKUP', 'PICKUP_HANDED_OVER', 'PICKUP_EXPIRED', 'FULFILLMENT_IN_MOTION', 'FULFILLMENT_CLOSED'];

@ApiTags('fulfillment')
@Controller('fulfillment/fulfillments/:fulfillmentId')
export class PickupDeskController extends FulfillmentAsking {
  constructor(
    @Inject(PICKUP_DESK) private readonly desk: PickupDesk,
    @Inject(ROUTING_READING) protected readonly reading: RoutingReading,
  ) {
    super();
  }

  @Post('handovers')
  @ApiOperation({
    summary: 'The goods are given to whoever says their code, or whom a person answers for. What is refused at the counter is cancelled.',
  })
  @Answers(200, brokering, {
    headers: commandHeaders,
    refuses: {
      unknown: ['FULFILLMENT_UNKNOWN'],
      conflict: [...over, 'PICKUP_HELD', 'PICKUP_LOCKED'],
      invalid: ['CODE_OR_REASON', 'PICKUP_CODE_WRONG', 'UNITS_NOT_IN_FULFILLMENT', 'NOTHING_TAKEN'],
    },
  })
  handOver(
    @Param() { fulfillmentId }: FulfillmentIdDto,
    @Body() { code, withoutCode, collectedBy, declined }: PickupHandoverDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    requireOne(code, withoutCode);
    const reason = withoutCode && reasonOf(withoutCode, meta);
    return this.answer(reply, fulfillmentId, (of) => this.desk.handOver(of, { code, reason, name: collectedBy, declined }, meta));
  }

  @Post('extensions')
  @ApiOperation({ summary: 'The goods are kept for the customer for longer.' })
  @Answers(200, brokering, {
    headers: commandHeaders,
    refuses: { unknown: ['FULFILLMENT_UNKNOWN'], conflict: over, invalid: ['PICKUP_TIME_WRONG'] },
  })
  extend(
    @Param() { fulfillmentId }: FulfillmentIdDto,
    @Body() { until, by = 'operator', ...why }: PickupExtensionDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownBrokering> {
    return this.answer(reply, fulfillmentId, (of) => this.desk.extend(of, { until, reason: reasonOf(why, meta, by) }, meta));
  }
}

const requireOne = (code: string | undefined, withoutCode: object | undefined): void => {
  if ((code === undefined) !== (withoutCode === undefined)) return;
  const message = 'must be told, or `withoutCode` instead of it: one of them';
  throw new Refused('CODE_OR_REASON', `The code ${message}.`, 'invalid', [{ field: 'code', code: 'CODE_OR_REASON', message }]);
};
