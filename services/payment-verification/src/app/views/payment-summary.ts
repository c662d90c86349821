import type { Finding } from '@cartage/contracts';
import type { StoredEvent } from '@cartage/eventsourcing';
import { put, tableOf, type Change, type Sql, type View } from '@cartage/views';
import { payment } from '../../domain/decider';
import type { PaymentEvent } from '../../domain/events';
import { releaseOf, sumsOf } from '../../domain/ledger';
import { due, isKnown, knownStatuses, statusOf, tendersOf, type Known, type Payment } from '../../domain/payment';
import { moverOf } from '../../domain/terms';
import { matters, openMatters, type Matter } from '../attention';

export const paymentStatuses = [...knownStatuses, 'voided'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** The newest void, if it went through and nothing is due any more, and the reason of whatever ended or gave back the payment. */
const standingOf = (known: Known): { readonly status: PaymentStatus; readonly reason: string | null } => {
  const release = releaseOf(known.ledger);
  if (release?.status === 'voided' && due(known) === 0) return { status: 'voided', reason: release.because.code };
  return { status: statusOf(known), reason: known.reason?.code ?? null };
};

/** The decision as it stands: a person's, where one was asked. */
const verdictOf = ({ verdict: { decision, score, reasons }, review }: Known) => ({
  decision: review?.decision ?? decision,
  score,
  reasons,
});

/** Who looks into it, until when, and since when that is over: while it waits for a person. */
const waitingOf = ({ waiting }: Known) => ({
  assignee: waiting?.assignee ?? null,
  decide_by: waiting?.decideBy ?? null,
  escalated_at: waiting?.escalatedAt ?? null,
});

/** The first way of paying that counts, for lists. */
const firstOf = (known: Known) => {
  const [tender] = [...tendersOf(known), ...known.terms.payments];
  return { method: tender?.method ?? '', provider: tender ? moverOf(tender) : '' };
};

/** The row of a payment, whole: what it shows follows from the payment's state, so that every event of it writes the same columns. */
const row = ({ version, recordedAt }: StoredEvent, state: Payment): Change | readonly Change[] => {
  if (!isKnown(state)) return [];
  const { terms, requestedAt } = state;
  return put({
    order_id: terms.orderId,
    customer_id: terms.customerId ?? null,
    ...standingOf(state),
    ...firstOf(state),
    currency: terms.currency,
    total: terms.total,
    due: due(state),
    ...sumsOf(state.ledger),
    attention: [...new Set(openMatters(state).map(({ matter }) => matter))],
    ...verdictOf(state),
    ...waitingOf(state),
    placed_at: terms.placedAt,
    requested_at: requestedAt,
    version,
    updated_at: recordedAt,
  });
};

const shows = (event: StoredEvent, state: () => Payment) => row(event, state());

const minor = (about: string) => ({ type: 'bigint not null', about: `${about} Minor units of \`currency\`.` });

/** Which payments are there, where does each stand, and how much money has moved? */
export const paymentSummary: View<PaymentEvent, Payment> = {
  name: 'payment_summary',
  about: 'One row for each order: its verification, the status of its payment, and its money. Amounts are minor units of `currency`.',
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    customer_id: { type: 'text', about: 'Who ordered; null for a guest.' },
    status: { type: 'text not null', about: `Where the promise stands: ${paymentStatuses.join(', ')}.` },
    method: { type: 'text not null', about: 'How the customer pays; the first of several ways.' },
    provider: { type: 'text not null', about: 'Who moves the money: a provider, `channel` or `none`.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    total: minor('What the order cost when it was placed, or edited last.'),
    due: minor('What it costs now, cancelled units taken off.'),
    attention: { type: 'text[] not null', about: `What waits for somebody, or for another try: ${matters.join(', ')}.` },
    promised: minor('Authorised, or accepted as cash on delivery.'),
    captured: minor('Charged for what was shipped.'),
    collected: minor('Cash taken at the door.'),
    remitted: minor('Collected cash that carriers handed over.'),
    refunded: minor('Given back to the customer.'),
    voided: minor('Promised and not needed any more.'),
    decision: { type: 'text not null', about: 'Verdict: accept, review, reject; after a review what the person decided.' },
    score: { type: 'integer not null', about: 'Verdict: 0 (harmless) to 100.' },
    reasons: { type: 'jsonb not null', about: 'Verdict: the rules that spoke, each with detail and weight.' },
    assignee: { type: 'text', about: 'Who looks into it, while it is under review.' },
    decide_by: { type: 'timestamptz', about: 'Until when a person is to decide, while it is under review.' },
    escalated_at: { type: 'timestamptz', about: 'When it had waited too long for a person.' },
    reason: { type: 'text', about: 'Why it was declined, abandoned or voided: a stable code.' },
    placed_at: { type: 'timestamptz not null', about: 'When the customer ordered, by the channel’s clock.' },
    requested_at: { type: 'timestamptz not null', about: 'When the order was heard of here.' },
    version: { type: 'integer not null', about: 'Events of this payment so far.' },
    updated_at: { type: 'timestamptz not null', about: 'When the newest of them was recorded.' },
  },
  key: ['order_id'],
  indexes: [
    '(requested_at desc, order_id desc)',
    '(status, requested_at desc, order_id desc)',
    '(customer_id, requested_at desc, order_id desc)',
    "(requested_at, order_id) where status = 'under-review'",
    "(requested_at desc, order_id desc) where attention <> '{}'",
  ],
  revision: 4,
  fold: payment,
  on: {
    PaymentRequested: shows,
    ReviewRequired: shows,
    ReviewAssigned: shows,
    ReviewEscalated: shows,
    ReviewDecided: shows,
    PaymentsAdded: shows,
    AuthorizationRequested: shows,
    PaymentAuthorized: shows,
    PaymentPending: shows,
    AuthorizationExpired: shows,
    TermsAmended: shows,
    CodAccepted: shows,
    PaymentDeclined: shows,
    PaymentAbandoned: shows,
    ShipmentCharged: shows,
    CaptureRequested: shows,
    PaymentCaptured: shows,
    CaptureFailed: shows,
    CodCollected: shows,
    DeliveryCounted: shows,
    CodRemitted: shows,
    VoidRequested: shows,
    PaymentVoided: shows,
    VoidFailed: shows,
    RefundRequested: shows,
    RefundIssued: shows,
    RefundFailed: shows,
  },
};

export interface SummaryRow {
  readonly orderId: string;
  readonly customerId: string | null;
  readonly status: PaymentStatus;
  readonly method: string;
  readonly provider: string;
  readonly currency: string;
  readonly total: number;
  readonly due: number;
  readonly attention: readonly Matter[];
  readonly promised: number;
  readonly captured: number;
  readonly collected: number;
  readonly remitted: number;
  readonly refunded: number;
  readonly voided: number;
  readonly decision: string;
  readonly score: number;
  readonly reasons: readonly Finding[];
  readonly assignee: string | null;
  readonly decideBy: string | null;
  readonly escalatedAt: string | null;
  readonly reason: string | null;
  readonly placedAt: string;
  readonly requestedAt: string;
  readonly version: number;
}

export interface SummaryFilter {
  readonly status?: PaymentStatus | undefined;
  readonly customerId?: string | undefined;
  readonly attention?: Matter | 'any' | undefined;
}

export interface Slice {
  readonly limit: number;
  /** The sort key of the last row of the page before. */
  readonly after?: readonly [requestedAt: string, orderId: string] | undefined;
}

/** JSON keeps big integers and times plain, whatever the driver's parsers are set to. */
const shown = `json_build_object('orderId', order_id, 'customerId', customer_id, 'status', status, 'method', method, 'provider', provider,
  'currency', currency, 'total', total, 'due', due, 'attention', attention, 'promised', promised, 'captured', captured, 'collected', collected, 'remitted', remitted,
  'refunded', refunded, 'voided', voided, 'decision', decision, 'score', score, 'reasons', reasons, 'assignee', assignee, 'reason', reason,
  'decideBy', to_char(decide_by at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'escalatedAt', to_char(escalated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'placedAt', to_char(placed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'requestedAt', to_char(requested_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'version', version) as row`;

const conditionsOf = (conditions: readonly (readonly [sql: string, ...values: readonly unknown[]])[]) => {
  const values: unknown[] = [];
  const where = conditions.map(([sql, ...given]) => sql.replaceAll('?', () => `$${values.push(given.shift())}`));
  return { where: where.length > 0 ? `where ${where.join(' and ')}` : '', values };
};

const attentionOf = (attention: SummaryFilter['attention']): readonly (readonly [sql: string, ...values: readonly unknown[]])[] => {
  if (attention === undefined) return [];
  return attention === 'any' ? [["attention <> '{}'"]] : [["attention @> ?::text[] and attention <> '{}'", [attention]]];
};

/** Newest first. */
export const listPayments = async (
  sql: Sql,
  { status, customerId, attention }: SummaryFilter,
  { limit, after }: Slice,
): Promise<readonly SummaryRow[]> => {
  const { where, values } = conditionsOf([
    ...(status === undefined ? [] : [['status = ?', status] as const]),
    ...(customerId === undefined ? [] : [['customer_id = ?', customerId] as const]),
    ...attentionOf(attention),
    ...(after === undefined ? [] : [['(requested_at, order_id) < (?::timestamptz, ?::uuid)', ...after] as const]),
  ]);
  const text = `select ${shown} from ${tableOf(paymentSummary)} ${where} order by requested_at desc, order_id desc limit $${values.length + 1}`;
  return (await sql.query<{ row: SummaryRow }>(text, [...values, limit])).rows.map(({ row }) => row);
};

export interface Within {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Newest first, heard of in this period. */
export const listPaymentsWithin = async (sql: Sql, { from, to }: Within, { limit, after }: Slice): Promise<readonly SummaryRow[]> => {
  const { where, values } = conditionsOf([
    ...(from === undefined ? [] : [['requested_at >= ?::timestamptz', from] as const]),
    ...(to === undefined ? [] : [['requested_at < ?::timestamptz', to] as const]),
    ...(after === undefined ? [] : [['(requested_at, order_id) < (?::timestamptz, ?::uuid)', ...after] as const]),
  ]);
  const text = `select ${shown} from ${tableOf(paymentSummary)} ${where} order by requested_at desc, order_id desc limit $${values.length + 1}`;
  return (await sql.query<{ row: SummaryRow }>(text, [...values, limit])).rows.map(({ row }) => row);
};

/** Whoever has waited longest comes first. */
export const listReviews = async (sql: Sql, { limit, after }: Slice): Promise<readonly SummaryRow[]> => {
  const from = after ? 'and (requested_at, order_id) > ($2::timestamptz, $3::uuid)' : '';
  const text = `select ${shown} from ${tableOf(paymentSummary)} where status = 'under-review' ${from} order by requested_at, order_id limit $1`;
  return (await sql.query<{ row: SummaryRow }>(text, [limit, ...(after ?? [])])).rows.map(({ row }) => row);
};
