import type { Meta } from '@cartage/eventsourcing';
import {
  Answers,
  answered,
  commandHeaders,
  CommandMeta,
  etagOf,
  Headers,
  IfMatch,
  instantOf,
  limitOf,
  type Page,
  pageOf,
  PageQuery,
  readCursor,
  RequestMeta,
} from '@cartage/service-kit';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { accountOf, verdictOf, type PaymentAccount, type VerdictShown } from '../app/payment-account';
import type { Payments } from '../app/payments';
import type { PaymentQueries } from '../app/queries';
import type { HandledPayment } from '../app/settling';
import type { MovementRow } from '../app/views/payment-movement';
import type { SummaryRow } from '../app/views/payment-summary';
import { account } from './account.answers';
import { movementPage, paymentPage, verdictShown } from './payments.answers';
import { AsOfQuery, AssigneeDto, PaymentsQuery, RemittanceDto, ReviewDto } from './payments.dto';

export const PAYMENTS = Symbol('payments');
export const QUERIES = Symbol('payment queries');

const textsIn = (cursor: string | undefined): readonly [string, string] | undefined => {
  const values = readCursor(cursor, 2);
  return values && [String(values[0]), String(values[1])];
};

const versionIn = (cursor: string | undefined): number => Number(readCursor(cursor, 1)?.[0] ?? 0);

const summaryKey = ({ requestedAt, orderId }: SummaryRow) => [requestedAt, orderId];

@ApiTags('payments')
@Controller('payments')
export class PaymentsController {
  constructor(
    @Inject(PAYMENTS) private readonly payments: Payments,
    @Inject(QUERIES) private readonly queries: PaymentQueries,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Payments, newest first' })
  @Answers(200, paymentPage)
  async list(@Query() query: PaymentsQuery): Promise<Page<SummaryRow>> {
    const slice = { limit: limitOf(query) + 1, after: textsIn(query.cursor) };
    return pageOf(await this.queries.payments(query, slice, query.minPosition), query, summaryKey);
  }

  @Get('reviews')
  @ApiOperation({ summary: 'Payments that wait for a person, longest waiting first' })
  @Answers(200, paymentPage)
  async reviews(@Query() query: PageQuery): Promise<Page<SummaryRow>> {
    const slice = { limit: limitOf(query) + 1, after: textsIn(query.cursor) };
    return pageOf(await this.queries.reviews(slice, query.minPosition), query, summaryKey);
  }

  @Get(':orderId')
  @ApiOperation({ summary: 'The payment of an order: status and money, with every cent’s source; now or as of an instant' })
  @Answers(200, account, { headers: [Headers.etag], refuses: { unknown: ['PAYMENT_UNKNOWN'] } })
  async get(
    @Param('orderId') orderId: string,
    @Query() { asOf }: AsOfQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    const read = await this.payments.read(orderId, instantOf(asOf));
    reply.header('ETag', etagOf(read.version));
    return accountOf(read);
  }

  @Get(':orderId/verdict')
  @ApiOperation({ summary: 'Why the order was accepted, doubted or rejected' })
  @Answers(200, verdictShown, { refuses: { unknown: ['PAYMENT_UNKNOWN'] } })
  async verdict(@Param('orderId') orderId: string): Promise<VerdictShown> {
    return verdictOf(await this.payments.read(orderId));
  }

  @Get(':orderId/movements')
  @ApiOperation({ summary: 'Each movement of money and promise of it, in the order in which they happened' })
  @Answers(200, movementPage, { refuses: { unknown: ['PAYMENT_UNKNOWN'] } })
  async movements(@Param('orderId') orderId: string, @Query() query: PageQuery): Promise<Page<MovementRow>> {
    await this.payments.read(orderId);
    const slice = { limit: limitOf(query) + 1, afterVersion: versionIn(query.cursor) };
    return pageOf(await this.queries.movements(orderId, slice, query.minPosition), query, ({ version }) => [version]);
  }

  @Put(':orderId/review/assignee')
  @ApiOperation({ summary: 'Say who looks into a payment that waits for a person' })
  @Answers(200, account, { headers: commandHeaders, refuses: { unknown: ['PAYMENT_UNKNOWN'], conflict: ['NOT_UNDER_REVIEW'] } })
  async assign(
    @Param('orderId') orderId: string,
    @Body() { assignee }: AssigneeDto,
    @RequestMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.payments.assignReview({ orderId, assignee }, meta, ifVersion), reply);
  }

  @Post(':orderId/review')
  @ApiOperation({ summary: 'Decide a payment that waits for a person' })
  @Answers(200, account, { headers: commandHeaders, refuses: { unknown: ['PAYMENT_UNKNOWN'], conflict: ['NOT_UNDER_REVIEW'] } })
  async review(
    @Param('orderId') orderId: string,
    @Body() { decision, note }: ReviewDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.payments.review({ orderId, decision, note }, meta, ifVersion), reply);
  }

  @Post(':orderId/remittances')
  @ApiOperation({ summary: 'Record that a carrier handed over cash that it had collected' })
  @Answers(201, account, {
    headers: commandHeaders,
    refuses: {
      unknown: ['PAYMENT_UNKNOWN', 'PAYMENT_PENDING', 'SHIPMENT_UNKNOWN'],
      conflict: ['PAYMENT_NOT_PROMISED', 'REMITTANCE_DIFFERS'],
      invalid: ['REMITTANCE_EXCEEDS_COLLECTED'],
    },
  })
  async remit(
    @Param('orderId') orderId: string,
    @Body() { shipmentId, amount, reference }: RemittanceDto,
    @CommandMeta() meta: Meta,
    @IfMatch() ifVersion: number | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccount> {
    return this.answer(orderId, await this.payments.remit({ orderId, shipmentId, amount, reference }, meta, ifVersion), reply);
  }

  /** A repeat answers as the first time: with the account as it stood then. */
  private async answer(orderId: string, handled: HandledPayment, reply: FastifyReply): Promise<PaymentAccount> {
    answered(reply, handled);
    return accountOf(await this.payments.read(orderId, { version: handled.version }));
  }
}
