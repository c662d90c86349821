import { currency, list, money, nullable, object, oneOf, orderId, text, time, uuid } from '@cartage/contracts';
import type { Meta } from '@cartage/eventsourcing';
import {
  answered,
  answerOf,
  Answers,
  commandHeaders,
  CommandMeta,
  IdParam,
  limitOf,
  pageAnswer,
  pageOf,
  readCursor,
  Within,
  type Page,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Chargebacks, HandledChargeback } from '../../app/chargebacks';
import { chargebackStatuses, type ChargebackFilter, type ChargebackRow, type ChargebackSlice } from '../../app/views/chargeback-list';
import { requireChargeback } from '../../domain/chargebacks/chargeback';
import { ChargebackDto, ChargebacksQuery, EvidenceListDto, OutcomeDto } from './chargebacks.dto';

export const CHARGEBACKS = Symbol('chargebacks');
export const CHARGEBACK_LIST = Symbol('list of chargebacks');
export type ChargebackList = (filter: ChargebackFilter, slice: ChargebackSlice, minPosition?: string) => Promise<readonly ChargebackRow[]>;

const shape = {
  chargebackId: uuid(),
  orderId,
  paymentId: uuid('The way of paying.'),
  captureId: nullable(uuid('The capture that it takes back.')),
  status: oneOf(chargebackStatuses),
  currency: currency(),
  amount: money('What was taken back, minor units.'),
  reference: nullable(text('The bank’s or provider’s own number of it.')),
  reason: text('Why: a stable code.'),
  evidence: list(object({ kind: text(), reference: text() })),
  respondBy: nullable(time('Until when evidence is taken.')),
  remindedAt: nullable(time('When somebody was reminded.')),
  openedAt: time(),
  decidedAt: nullable(time()),
};
const answer = answerOf<ChargebackRow>()('Chargeback', object(shape));

const rowOf = ({ state }: HandledChargeback): ChargebackRow => {
  const { captureId, reference, reason, respondBy, remindedAt, decidedAt, ...known } = requireChargeback(state);
  return {
    ...known,
    captureId: captureId ?? null,
    reference: reference ?? null,
    reason: reason.code,
    respondBy: respondBy ?? null,
    remindedAt: remindedAt ?? null,
    decidedAt: decidedAt ?? null,
  };
};

@ApiTags('chargebacks')
@Controller('payments/chargebacks')
export class ChargebacksController {
  constructor(
    @Inject(CHARGEBACKS) private readonly chargebacks: Chargebacks,
    @Inject(CHARGEBACK_LIST) private readonly rows: ChargebackList,
  ) {}

  @Get()
  @Within('query.channel')
  @ApiOperation({ summary: 'Chargebacks, newest first' })
  @Answers(200, pageAnswer(answer))
  async list(@Query() { channel, status, orderId: order, ...query }: ChargebacksQuery): Promise<Page<ChargebackRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    const rows = await this.rows({ channel, status, orderId: order }, slice, query.minPosition);
    return pageOf(rows, query, ({ openedAt, chargebackId }) => [openedAt, chargebackId]);
  }

  @Post()
  @ApiOperation({ summary: 'Record a chargeback that the provider does not tell of by itself' })
  @Answers(201, answer, {
    headers: commandHeaders,
    refuses: { unknown: ['CAPTURE_UNKNOWN'], invalid: ['CHARGEBACK_EXCEEDS_CAPTURE'] },
  })
  async open(
    @Body() body: ChargebackDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChargebackRow> {
    return this.told(await this.chargebacks.open(body, meta), reply);
  }

  @Post(':chargebackId/evidence')
  @ApiOperation({ summary: 'Note evidence that was given to the bank: from then on nobody is reminded' })
  @Answers(200, answer, { headers: commandHeaders, refuses: { unknown: ['CHARGEBACK_UNKNOWN'], conflict: ['CHARGEBACK_DECIDED'] } })
  async evidence(
    @Param('chargebackId', IdParam) chargebackId: string,
    @Body() { evidence }: EvidenceListDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChargebackRow> {
    return this.told(await this.chargebacks.giveEvidence(chargebackId, evidence, meta), reply);
  }

  @Post(':chargebackId/outcome')
  @ApiOperation({ summary: 'Record what the bank decided' })
  @Answers(200, answer, { headers: commandHeaders, refuses: { unknown: ['CHARGEBACK_UNKNOWN'] } })
  async decide(
    @Param('chargebackId', IdParam) chargebackId: string,
    @Body() { outcome }: OutcomeDto,
    @CommandMeta() meta: Meta,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChargebackRow> {
    return this.told(await this.chargebacks.decide(chargebackId, outcome, meta), reply);
  }

  private told(handled: HandledChargeback, reply: FastifyReply): ChargebackRow {
    answered(reply, handled);
    return rowOf(handled);
  }
}
