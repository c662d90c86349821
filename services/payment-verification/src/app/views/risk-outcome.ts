import type { Verdict } from '@cartage/contracts';
import type { DataOf, StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type Row, type View } from '@cartage/views';
import type { PaymentEvent } from '../../domain/events';
import { riskValuesOf } from '../../domain/risk-features';
import type { RiskOutcome } from '../../domain/risk-learner';
import { isSecured } from '../../domain/terms';

type Told = Pick<StoredEvent, 'position' | 'recordedAt'>;
type Of<Type extends PaymentEvent['type']> = DataOf<PaymentEvent, Type>;

const nothing = {
  ...{ outcome: null, subject: null, values: null, country: null, method: null, channel: null },
  ...{ decision: null, foretold: null, action: null },
};

const rowOf = ({ position, recordedAt }: Told, orderId: string, step: 'judged' | 'taken' | 'wrong' | 'undone'): Row => ({
  ...{ position, recorded_at: recordedAt, order_id: orderId, step, ...nothing },
});

const foretoldOf = ({ learned }: Verdict): Row => ({
  foretold: learned?.probability ?? null,
  action: learned?.acted?.action ?? null,
});

/** To look at only. */
const partiesOf = ({ destinations: [destination], payments: [payment], channel }: Of<'PaymentRequested'>): Row => ({
  ...{ country: destination?.country ?? '', method: payment?.method ?? '', channel },
});

/** Where the channel has the money, or nothing is to be paid, nothing is at risk. */
const judged = (event: Told, order: Of<'PaymentRequested'>): readonly Change[] => {
  const { orderId, facts, verdict } = order;
  if (order.total === 0 || order.payments.every(isSecured)) return [];
  const { decision } = verdict;
  return [
    put({
      ...{ ...rowOf(event, orderId, 'judged'), values: riskValuesOf(order, facts), decision },
      ...{ ...partiesOf(order), ...foretoldOf(verdict) },
    }),
  ];
};

const taken = (event: Told, orderId: string): readonly Change[] => [put(rowOf(event, orderId, 'taken'))];

const wrong = (event: Told, orderId: string, outcome: RiskOutcome, subject = ''): readonly Change[] => [
  put({ ...rowOf(event, orderId, 'wrong'), outcome, subject }),
];

const chargedBack = (event: Told, { orderId, chargebackId, status }: Of<'ChargebackBooked'>): readonly Change[] =>
  status === 'won'
    ? [put({ ...rowOf(event, orderId, 'undone'), outcome: 'chargeback', subject: chargebackId })]
    : wrong(event, orderId, 'chargeback', chargebackId);

/** What we could not deliver, or had not any more, is no fault of whoever ordered it. */
const amended = (event: Told, { orderId, cancelled, reason }: Of<'TermsAmended'>): readonly Change[] =>
  cancelled && cancelled.length > 0 && reason.by === 'customer' ? wrong(event, orderId, 'cancelled-by-customer') : [];

/** For what comes back, or did not ship, money goes back as it should. */
const refunded = (event: Told, { orderId, cause, refundId }: Of<'RefundIssued'>): readonly Change[] =>
  cause === 'goodwill' || cause === 'channel' ? wrong(event, orderId, 'money-back', refundId) : [];

/** Everything that is learned of the risk of orders, in the order of the log. Rows are only ever added. */
export const riskOutcome: View<PaymentEvent> = {
  name: 'risk_outcome',
  about:
    'What is learned of the risk of orders, in the order of the log: how each was judged, that its money was promised, and what went wrong.',
  revision: 1,
  key: ['position'],
  columns: {
    position: { type: 'text collate "C" not null', about: 'Of the event in the log.' },
    recorded_at: { type: 'timestamptz not null', about: 'When the log took it in.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    step: {
      type: 'text not null',
      about: 'judged; taken: its money was promised; wrong: something went wrong; undone: it did not after all.',
    },
    outcome: {
      type: 'text',
      about: 'Of what went wrong: chargeback, undelivered, cancelled-by-customer, money-back (for nothing that came back).',
    },
    subject: { type: 'text', about: 'Of what went wrong: which chargeback, shipment or refund.' },
    values: { type: 'jsonb', about: 'Of what was judged: what it is learned from, a whole number for each feature.' },
    country: { type: 'text', about: 'Of what was judged: whither. Nothing is learned from it.' },
    method: { type: 'text', about: 'Of what was judged: how it is paid, the first of several ways. Nothing is learned from it.' },
    channel: { type: 'text', about: 'Of what was judged: where it was sold. Nothing is learned from it.' },
    decision: { type: 'text', about: 'Of what was judged: accept, review or reject.' },
    foretold: { type: 'integer', about: 'Of what was judged: that it goes wrong, as it had been learned then; parts of ten thousand.' },
    action: { type: 'text', about: 'Of what was judged: what would cost least by that; accept, review or decline.' },
  },
  indexes: ["(order_id, position) where step <> 'judged'", "(recorded_at) where step = 'judged'"],
  on: {
    PaymentRequested: (event) => judged(event, event.data),
    PaymentAuthorized: (event) => taken(event, event.data.orderId),
    CodAccepted: (event) => taken(event, event.data.orderId),
    ChargebackBooked: (event) => chargedBack(event, event.data),
    ChargeWithdrawn: (event) => wrong(event, event.data.orderId, 'undelivered', event.data.shipmentId),
    TermsAmended: (event) => amended(event, event.data),
    RefundIssued: (event) => refunded(event, event.data),
  },
};
