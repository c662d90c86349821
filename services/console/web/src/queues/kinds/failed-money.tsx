import type { ReactNode } from 'react';
import { bodyOf, type Api, type Schemas } from '../../api/client';
import { Money, Time } from '../../marks/Mark';
import { useSpeech } from '../../words/words';
import { given } from '../filling';
import { channelFilter, codeIn } from '../held-orders';
import { accountFacts, accountOf, payments, type Account, type PaymentRow } from '../payments';
import { commandOf, type Deed, type Sending } from '../queue';
import { queueOf } from '../view';

type Matter = Account['attention'][number];
type Failure = 'refund-failed' | 'capture-failed' | 'void-failed';

const Matters = ({ account, only }: { readonly account: Account; readonly only: Failure }): ReactNode => {
  const { say } = useSpeech();
  return (
    <ul>
      {account.attention
        .filter(({ matter }) => matter === only)
        .map(({ subject, amount, reason, nextTryAt, outcomeUnknown }) => (
          <li key={subject}>
            <Money amount={amount} currency={account.currency} /> <bdi>{reason?.detail ?? reason?.code}</bdi>
            {outcomeUnknown && <p>{say('queues.try.unknown')}</p>}
            <p className="quiet">
              {nextTryAt === undefined ? (
                say('queues.try.never')
              ) : (
                <>
                  {say('queues.try.next')} <Time at={nextTryAt} as="since" />
                </>
              )}
            </p>
          </li>
        ))}
    </ul>
  );
};

const retries: Readonly<Record<Failure, (orderId: string, subject: string) => Deed['send']>> = {
  'refund-failed': (orderId, refundId) => (api, _, sending) =>
    bodyOf(api.POST('/payments/{orderId}/refunds/{refundId}/retry', { params: { path: { orderId, refundId }, ...commandOf(sending) } })),
  'capture-failed': (orderId, captureId) => (api, _, sending) =>
    bodyOf(api.POST('/payments/{orderId}/captures/{captureId}/retry', { params: { path: { orderId, captureId }, ...commandOf(sending) } })),
  'void-failed': (orderId, voidId) => (api, _, sending) =>
    bodyOf(api.POST('/payments/{orderId}/voids/{voidId}/retry', { params: { path: { orderId, voidId }, ...commandOf(sending) } })),
};

type Said = Schemas['MoneyOutcomeDto'];

const outcomes: readonly Said['outcome'][] = ['done', 'not-done'];

const tenders: readonly Schemas['PayoutDto']['tender'][] = ['transfer', 'cash', 'store-credit', 'original'];

const payingOut = ({ orderId, currency }: Account, { subject: refundId }: Matter): Deed => ({
  key: `payout ${refundId}`,
  name: 'queues.deed.pay-out',
  previewIn: currency,
  fields: [
    { name: 'tender', label: 'queues.field.tender', kind: 'choice', options: tenders, named: 'queues.tender' },
    {
      ...{ name: 'reference', label: 'queues.field.reference', hint: 'queues.field.reference.hint', kind: 'line', longest: 100 },
      when: ({ tender }) => tender !== 'store-credit',
    },
  ],
  send: (api, { tender, reference }, sending) =>
    bodyOf(
      api.POST('/payments/{orderId}/refunds/{refundId}/payout', {
        params: { path: { orderId, refundId }, ...commandOf(sending) },
        body: { tender: tenders.find((each) => each === tender) ?? 'transfer', ...given('reference', reference) },
      }),
    ),
});

const sayings: Readonly<
  Record<Failure, (orderId: string, subject: string) => (api: Api, body: Said, sending: Sending) => Promise<unknown>>
> = {
  'refund-failed': (orderId, refundId) => (api, body, sending) =>
    bodyOf(
      api.POST('/payments/{orderId}/refunds/{refundId}/outcome', { params: { path: { orderId, refundId }, ...commandOf(sending) }, body }),
    ),
  'capture-failed': (orderId, captureId) => (api, body, sending) =>
    bodyOf(
      api.POST('/payments/{orderId}/captures/{captureId}/outcome', {
        params: { path: { orderId, captureId }, ...commandOf(sending) },
        body,
      }),
    ),
  'void-failed': (orderId, voidId) => (api, body, sending) =>
    bodyOf(api.POST('/payments/{orderId}/voids/{voidId}/outcome', { params: { path: { orderId, voidId }, ...commandOf(sending) }, body })),
};

/** Somebody looked into the provider’s books. */
const sayingOutcome = ({ orderId, currency }: Account, { subject }: Matter, only: Failure): Deed => ({
  key: `outcome ${subject}`,
  name: 'queues.deed.say-outcome',
  previewIn: currency,
  fields: [
    { name: 'outcome', label: 'queues.field.outcome', kind: 'choice', options: outcomes, named: 'queues.outcome' },
    {
      ...{ name: 'reference', label: 'queues.field.provider-number', kind: 'line', longest: 100, isRequired: only !== 'void-failed' },
      when: ({ outcome }) => outcome === 'done',
    },
  ],
  send: (api, { outcome, reference }, sending) => {
    const said = { outcome: outcomes.find((each) => each === outcome) ?? 'not-done', ...given('reference', reference) };
    return sayings[only](orderId, subject)(api, said, sending);
  },
});

/** What may have been done is not done in another way until it is known. */
const insteadOfRetrying = (account: Account, matter: Matter, only: Failure): readonly Deed[] => {
  if (matter.outcomeUnknown) return [sayingOutcome(account, matter, only)];
  return only === 'refund-failed' ? [payingOut(account, matter)] : [];
};

const deedsFor = (account: Account, only: Failure): readonly Deed[] =>
  account.attention
    .filter(({ matter }) => matter === only)
    .flatMap((matter): readonly Deed[] => [
      {
        key: `retry ${matter.subject}`,
        name: 'queues.deed.retry',
        previewIn: account.currency,
        send: retries[only](account.orderId, matter.subject),
      },
      ...insteadOfRetrying(account, matter, only),
    ]);

/** Payments of which something failed: money that is to go back or to come in, or a promise that is to be given back. */
const failedMoney = (failure: Failure) =>
  queueOf<PaymentRow, Account>({
    ...payments,
    id: failure,
    filters: [channelFilter],
    ask: (api, filters, page) =>
      bodyOf(api.GET('/payments', { params: { query: { attention: failure, ...codeIn(filters, 'channel'), ...page } } })),
    columns: [
      { id: 'due', heading: 'queues.fact.due', show: ({ due, currency }) => <Money amount={due} currency={currency} />, isAmount: true },
      { id: 'method', heading: 'column.payment', show: ({ method }) => method },
      { id: 'provider', heading: 'queues.fact.provider', show: ({ provider }) => provider },
    ],
    opening: { by: 'item', ask: accountOf },
    facts: (account) => [...accountFacts(account), { name: 'queues.fact.failed', value: <Matters account={account} only={failure} /> }],
    deeds: (account) => deedsFor(account, failure),
  });

export const refundFailed = failedMoney('refund-failed');
export const captureFailed = failedMoney('capture-failed');
export const voidFailed = failedMoney('void-failed');
