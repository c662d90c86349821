import { integer, list, nullable, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { Provider } from '../../app/providers/provider';
import type { CaughtUp } from '../../app/providers/provider-desk';
import { providerContentKinds, providerMessageStatuses, type ShownProviderMessage } from '../../app/providers/provider-message';
import { providerNoticeStatuses, type ReceivedProviderNotice } from '../../app/providers/provider-notices';
import { providerNoticeKinds } from '../../domain/provider-notice';

const providerShape = object({
  provider: text(),
  adapter: text('How it speaks.'),
  endpoint: optional(text('Where it is told.')),
  channels: list(text(), 'Of orders of these it is told, and may speak.'),
  hasSecret: truth('The secret itself is told to nobody.'),
  revision: integer(),
  changedAt: time(),
});
export const provider = answerOf<Provider>()('ReturnsProvider', providerShape);
export const providers = answerOf<{ readonly items: readonly Provider[] }>()('ReturnsProviders', object({ items: list(providerShape) }));

export const caughtUp = answerOf<CaughtUp>()(
  'ReturnsProviderCaughtUp',
  object({
    orders: integer('Orders that it is told of now.'),
    next: nullable(uuid('Where to go on from (`after`); null: that was all.')),
  }),
);

const faults = list(object({ field: text('By the provider’s own names.'), code: text(), message: text() }), 'What is wrong with it.');
const code = nullable(text('The refusal’s stable code.'));

export const message = answerOf<ShownProviderMessage>()(
  'ReturnsProviderMessageStatus',
  object({
    messageId: uuid('The same however often it is told.'),
    provider: text(),
    orderId: uuid(),
    kind: oneOf(providerContentKinds, 'It tells of the order, or of a return of it.'),
    returnId: nullable(uuid()),
    status: oneOf(
      providerMessageStatuses,
      '`waiting`: to be told; `told`; `passed-over`: there was nothing to tell; `refused`: mend its cause and send it again, or drop it; `dropped`.',
    ),
    detail: text('What became of it, for people.'),
    code,
    faults,
    attempts: integer('How often it was taken to tell it.'),
    plannedAt: time(),
    endedAt: nullable(time()),
  }),
);
export const messages = pageAnswer(message);

export const notice = answerOf<ReceivedProviderNotice>()(
  'ReturnsProviderNotice',
  object({
    provider: text(),
    noticeId: text('The provider’s own, or by what the file held.'),
    kind: oneOf(providerNoticeKinds),
    reference: text('The provider’s own of the return.'),
    orderId: nullable(uuid('Of what was asked for.')),
    status: oneOf(
      providerNoticeStatuses,
      '`taken`: it is as it says; `parked`: what it speaks of is not known here yet; `refused`: mend it and send it again, or drop it; `dropped`.',
    ),
    detail: text('What became of it, for people.'),
    code,
    faults,
    tries: integer('How often it was looked at.'),
    receivedAt: time('When it came first.'),
  }),
);
export const notices = pageAnswer(notice);
