import { Answers, etagOf, Headers, instantOf, limitOf, type Page, pageOf, PageQuery, readCursor, Within } from '@cartage/service-kit';
import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { accountOf, verdictOf, type PaymentAccount, type VerdictShown } from '../app/payment-account';
import type { Payments } from '../app/payments';
import type { PaymentQueries } from '../app/queries';
import type { MovementRow } from '../app/views/payment-movement';
import type { SummaryRow } from '../app/views/payment-list';
import { account } from './account.answers';
import { movementPage, paymentPage, verdictShown } from './payments.answers';
import { AsOfQuery, PaymentsQuery, ReviewsQuery } from './payments.dto';

export const PAYMENTS = Symbol('payments');
export const QUERIES = Symbol('payment queries');

const summaryKey = ({ requestedAt, orderId }: SummaryRow) => [requestedAt, orderId];

@ApiTags('payments')
@Controller('payments')
export class PaymentsController {
  constructor(
    @Inject(PAYMENTS) private readonly payments: Payments,
    @Inject(QUERIES) private readonly queries: PaymentQueries,
  ) {}

  @Get()
  @Within('query.channel', 'query.location')
  @ApiOperation({ summary: 'Payments, newest first' })
  @Answers(200, paymentPage)
  async list(@Query() query: PaymentsQuery): Promise<Page<SummaryRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    return pageOf(await this.queries.payments(query, slice, query.minPosition), query, summaryKey);
  }

  @Get('reviews')
  @Within('query.channel')
  @ApiOperation({ summary: 'Payments that wait for a person, longest waiting first' })
  @Answers(200, paymentPage)
  async reviews(@Query() query: ReviewsQuery): Promise<Page<SummaryRow>> {
    const slice = { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'uuid') };
    return pageOf(await this.queries.reviews(query, slice, query.minPosition), query, summaryKey);
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
    const slice = { limit: limitOf(query) + 1, afterVersion: readCursor(query.cursor, 'count')?.[0] ?? 0 };
    return pageOf(await this.queries.movements(orderId, slice, query.minPosition), query, ({ version }) => [version]);
  }
}
