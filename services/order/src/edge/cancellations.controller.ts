import type { Meta } from '@cartage/eventsourcing';
import { answered, Answers, CommandMeta, commandHeaders, IdParam, IfMatch } from '@cartage/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CancellationAnswer, CancellationDone, Cancellations, ShownCancellation } from '../app/cancellations';
import { cancellationAnswer, cancellationList } from './cancellations.answers';
import { CancellationDto, reasonOf } from './cancellations.dto';
import { ChannelOrderPath } from './order-queries.dto';

export const CANCELLATIONS = Symbol('cancellations');
export const ORDER_ID_OF = Symbol('the order of a channel’s number');
export type OrderIdOf = (channel: string, externalOrderId: string) => string;

const answerOf = (reply: FastifyReply, done: CancellationDone): CancellationAnswer => {
  answered(reply, done);
  return done.answer;
};

const refuses = { unknown: ['ORDER_UNKNOWN'], conflict: ['UNITS_NOT_CANCELLABLE', 'NOTHING_TO_CANCEL'] };
const description =
  'What was not brokered yet is cancelled at once. About the rest whoever holds the goods is asked: the answer says what will happen, and the list of cancellations what did.';

@ApiTags('orders')
@Controller('orders')
export class CancellationsController {
  constructor(@Inject(CANCELLATIONS) private readonly cancellations: Cancellations) {}

  @Post(':orderId/cancellations')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel an order, or some units of its lines.', description })
  @Answers(200, cancellationAnswer, { headers: commandHeaders, refuses: { ...refuses, invalid: ['ID_INVALID'] } })
  async cancel(
    @Param('orderId', IdParam) orderId: string,
    @Body() body: CancellationDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CancellationAnswer> {
    const asked = { orderId, lines: body.lines, reason: reasonOf(body, meta.actor) };
    return answerOf(reply, await this.cancellations.cancel(asked, meta, ifVersion));
  }

  @Get(':orderId/cancellations')
  @ApiOperation({ summary: 'What was to be cancelled of an order, and what came of it.' })
  @Answers(200, cancellationList, { refuses: { unknown: ['ORDER_UNKNOWN'], invalid: ['ID_INVALID'] } })
  async list(@Param('orderId', IdParam) orderId: string): Promise<{ readonly items: readonly ShownCancellation[] }> {
    return { items: await this.cancellations.list(orderId) };
  }
}

@ApiTags('channels')
@Controller('channels')
export class ChannelCancellationsController {
  constructor(
    @Inject(CANCELLATIONS) private readonly cancellations: Cancellations,
    @Inject(ORDER_ID_OF) private readonly orderIdOf: OrderIdOf,
  ) {}

  @Post(':channel/orders/:externalOrderId/cancellations')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a channel’s order, or some units of its lines, by the channel’s own number.', description })
  @Answers(200, cancellationAnswer, { headers: commandHeaders, refuses })
  async cancel(
    @Param() { channel, externalOrderId }: ChannelOrderPath,
    @Body() body: CancellationDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CancellationAnswer> {
    const asked = { orderId: this.orderIdOf(channel, externalOrderId), lines: body.lines, reason: reasonOf(body, meta.actor, 'channel') };
    return answerOf(reply, await this.cancellations.cancel(asked, meta));
  }
}
