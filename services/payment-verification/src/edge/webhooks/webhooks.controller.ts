import { anything, integer, object, oneOf, text, time, type Schema } from '@cartage/contracts';
import { type Meta } from '@cartage/eventsourcing';
import {
  answerOf,
  Answers,
  KeepRawBody,
  limitOf,
  NoPreview,
  type Page,
  pageAnswer,
  pageOf,
  Public,
  RawBody,
  readCursor,
  RequestMeta,
} from '@cartage/service-kit';
import { Controller, Delete, Get, Headers, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { parkedStates, type ParkedNotice, type ProviderNotices, type Received } from '../../app/notices';
import type { ProviderFact, SignedBody } from '../../app/provider-facts';
import { ParkedNoticePath, ParkedNoticesQuery } from './webhooks.dto';

export const NOTICES = Symbol('notices of payment providers');

/** Providers’ notices are a few kB. */
const BODY_LIMIT = 512 * 1024;

const received = answerOf<Received>()(
  'ReceivedNotices',
  object({
    received: integer('Notices in it that say something we want to hear.'),
    applied: integer('Their facts are in the log, now or since an earlier webhook.'),
    parked: integer('They wait for the payment that they speak of, or for a person.'),
  }),
);

const parked = answerOf<ParkedNotice>()(
  'ParkedNotice',
  object({
    provider: text('The account at a provider that told it.'),
    noticeId: text('Its own number of the notice.'),
    state: oneOf(parkedStates, '`waiting`: it is tried again; `refused`: it will never fit, and a person looks at it.'),
    fact: anything('What it tells, in our words.') as Schema<ProviderFact>,
    reason: text('Why it does not fit: a stable code.'),
    detail: text('The same for people.'),
    tries: integer('How often it was tried again.'),
    occurredAt: time('By the provider’s clock.'),
    parkedAt: time('When it came in first.'),
  }),
);
const parkedPage = pageAnswer(parked);

type Gone = Pick<ParkedNotice, 'provider' | 'noticeId'>;
const parkedGone = answerOf<Gone>()('DroppedNotice', object({ provider: text(), noticeId: text() }));

/** Each provider has its own form; this is the simulated one’s. */
const example = {
  notices: [
    { id: 'n-1', kind: 'captured', at: '2026-11-24T09:00:00Z', reference: 'pay_4711', number: 'c-1', currency: 'GBP', amount: 2000 },
  ],
};

@ApiTags('payments')
@Controller('payments/webhooks')
export class WebhooksController {
  constructor(@Inject(NOTICES) private readonly notices: ProviderNotices) {}

  @Get('parked')
  @ApiOperation({ summary: 'Notices of payment providers that nothing here fits yet, oldest first' })
  @Answers(200, parkedPage)
  async list(@Query() { state, ...query }: ParkedNoticesQuery): Promise<Page<ParkedNotice>> {
    const rows = await this.notices.list(
      { state },
      { limit: limitOf(query) + 1, after: readCursor(query.cursor, 'instant', 'text', 'text') },
    );
    return pageOf(rows, query, ({ parkedAt, provider, noticeId }) => [parkedAt, provider, noticeId]);
  }

  @Delete('parked/:provider/:noticeId')
  @NoPreview()
  @ApiOperation({ summary: 'A person has dealt with a notice that nothing here fits' })
  @Answers(200, parkedGone, { refuses: { unknown: ['NOTICE_UNKNOWN'] } })
  async drop(@Param() { provider, noticeId }: ParkedNoticePath): Promise<Gone> {
    await this.notices.drop({ provider, noticeId });
    return { provider, noticeId };
  }

  @Post(':provider')
  @Public('signed')
  @KeepRawBody({ atMost: BODY_LIMIT })
  @ApiOperation({
    summary: 'What a payment provider tells, in its own form and signed by it: twice, late, in any order, and before the order is known',
  })
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example } })
  @Answers(200, received, {
    refuses: { unproven: ['SIGNATURE_INVALID'], unknown: ['PROVIDER_UNKNOWN'], invalid: ['WEBHOOK_INVALID'] },
  })
  receive(
    @Param('provider') provider: string,
    @Headers() headers: SignedBody['headers'],
    @RawBody() rawBody: Uint8Array,
    @RequestMeta() meta: Meta,
  ): Promise<Received> {
    return this.notices.receive(provider, { headers, rawBody }, meta);
  }
}
