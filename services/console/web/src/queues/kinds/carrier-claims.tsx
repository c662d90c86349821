import { bodyOf, type Schemas } from '../../api/client';
import { plainMoney } from '../../formats/formats';
import { minorOf } from '../../forms/amounts';
import { Mark, Money, Time } from '../../marks/Mark';
import { OrderLink } from '../../orders/OrderLink';
import { useSpeech } from '../../words/words';
import { codeIn } from '../held-orders';
import { inTurn } from '../in-turn';
import { onceOf, type Deed, type Fact, type Field } from '../queue';
import { queueOf } from '../view';

type Claim = Schemas['CarrierClaim'];

/** That wait for the carrier’s word, or for its money. */
const waiting = ['filed', 'accepted'] as const;

const Standing = ({ status }: Pick<Claim, 'status'>) => <Mark tone="going">{useSpeech().name('queues.claim', status)}</Mark>;
const Reason = ({ code }: { readonly code: string }) => <>{useSpeech().name('queues.claim-reason', code)}</>;

const amount = (currency: string, initial: number): Field => ({
  ...{ name: 'amount', label: 'queues.field.amount', kind: 'amount', currency, isRequired: true },
  initial: plainMoney(initial, currency),
});

const pathOf = ({ claimId }: Claim) => ({ path: { claimId } });

const accepting = (claim: Claim): Deed => ({
  key: `accept ${claim.claimId}`,
  name: 'queues.deed.claim-accepted',
  isStep: true,
  fields: [amount(claim.currency, claim.amount)],
  send: (api, values, sending) =>
    bodyOf(
      api.POST('/shipping/claims/{claimId}/acceptance', {
        params: { ...pathOf(claim), ...onceOf(sending) },
        body: { amount: minorOf(values['amount'] ?? '', claim.currency) ?? 0 },
      }),
    ),
});

const refusing = (claim: Claim): Deed => ({
  key: `refuse ${claim.claimId}`,
  name: 'queues.deed.claim-refused',
  isGrave: true,
  fields: [{ name: 'reason', label: 'queues.field.note', hint: 'queues.field.note.hint', kind: 'text', isRequired: true, longest: 500 }],
  send: (api, { reason = '' }, sending) =>
    bodyOf(api.POST('/shipping/claims/{claimId}/refusal', { params: { ...pathOf(claim), ...onceOf(sending) }, body: { reason } })),
});

const paying = (claim: Claim): Deed => ({
  key: `pay ${claim.claimId}`,
  name: 'queues.deed.claim-paid',
  fields: [amount(claim.currency, (claim.accepted ?? claim.amount) - claim.paid)],
  send: (api, values, sending) =>
    bodyOf(
      api.POST('/shipping/claims/{claimId}/payments', {
        params: { ...pathOf(claim), ...onceOf(sending) },
        body: { amount: minorOf(values['amount'] ?? '', claim.currency) ?? 0 },
      }),
    ),
});

const deeds: Readonly<Record<Claim['status'], (claim: Claim) => readonly Deed[]>> = {
  filed: (claim) => [accepting(claim), refusing(claim)],
  accepted: (claim) => [paying(claim)],
  refused: (claim) => [accepting(claim)],
  paid: () => [],
};

const factsOf = (claim: Claim): readonly Fact[] => [
  { name: 'queues.fact.order', value: <OrderLink orderId={claim.orderId} /> },
  { name: 'column.status', value: <Standing status={claim.status} /> },
  { name: 'queues.fact.carrier', value: claim.carrier },
  { name: 'queues.fact.tracking', value: <bdi className="code">{claim.trackingNumber}</bdi> },
  { name: 'queues.column.why', value: <Reason code={claim.reason.code} /> },
  { name: 'queues.fact.claimed', value: <Money amount={claim.amount} currency={claim.currency} /> },
  ...(claim.accepted === undefined
    ? []
    : [{ name: 'queues.fact.accepted' as const, value: <Money amount={claim.accepted} currency={claim.currency} /> }]),
  { name: 'queues.fact.paid', value: <Money amount={claim.paid} currency={claim.currency} /> },
  { name: 'queues.fact.filed', value: <Time at={claim.filedAt} /> },
];

/** What carriers are asked to pay for parcels that they lost or broke, until they have paid or refused. */
export const carrierClaims = queueOf<Claim, Claim>({
  hears: ['shipping.events'],
  id: 'carrier-claims',
  filters: [{ name: 'carrier', label: 'queues.fact.carrier' }],
  ask: (api, filters, page) =>
    inTurn(waiting, page, (status, asked) =>
      bodyOf(
        api.GET('/shipping/claims', {
          params: { query: { status: status as (typeof waiting)[number], ...codeIn(filters, 'carrier'), ...asked } },
        }),
      ),
    ),
  itemOf: ({ claimId }) => claimId,
  titleOf: ({ trackingNumber }) => trackingNumber,
  since: ({ filedAt }) => filedAt,
  columns: [
    { id: 'status', heading: 'column.status', show: ({ status }) => <Standing status={status} /> },
    { id: 'carrier', heading: 'queues.fact.carrier', show: ({ carrier }) => carrier },
    { id: 'order', heading: 'queues.fact.order', show: (claim) => <OrderLink orderId={claim.orderId} /> },
    {
      id: 'amount',
      heading: 'queues.fact.claimed',
      show: ({ amount: claimed, currency }) => <Money amount={claimed} currency={currency} />,
      isAmount: true,
    },
  ],
  opening: { by: 'item', ask: (api, claimId) => bodyOf(api.GET('/shipping/claims/{claimId}', { params: { path: { claimId } } })) },
  headingOf: ({ trackingNumber }) => trackingNumber,
  facts: factsOf,
  deeds: (claim) => deeds[claim.status](claim),
});
