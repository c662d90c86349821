import type { StoredEvent } from '@cartage/eventsourcing';
import { isoTime, put, tableOf, type Change, type Sql, type View } from '@cartage/views';
import {
  chargeback,
  type Chargeback,
  type ChargebackEvent,
  type ChargebackStatus,
  type Evidence,
} from '../../domain/chargebacks/chargeback';
import { soldBy } from './payment-list';
import { rowsOf } from './rows-of';

export const chargebackStatuses = ['open', 'answered', 'won', 'lost'] as const satisfies readonly ChargebackStatus[];

const row = ({ version }: StoredEvent, state: Chargeback): Change | readonly Change[] => {
  if (state.status === 'none') return [];
  return put({
    chargeback_id: state.chargebackId,
    order_id: state.orderId,
    payment_id: state.paymentId,
    capture_id: state.captureId ?? null,
    status: state.status,
    currency: state.currency,
    amount: state.amount,
    reference: state.reference ?? null,
    reason: state.reason.code,
    evidence: state.evidence,
    respond_by: state.respondBy ?? null,
    reminded_at: state.remindedAt ?? null,
    opened_at: state.openedAt,
    decided_at: state.decidedAt ?? null,
    version,
  });
};
const shows = (event: StoredEvent, state: () => Chargeback) => row(event, state());

/** Which chargebacks are there, which must be answered, and how did they end? */
export const chargebackList: View<ChargebackEvent, Chargeback> = {
  name: 'chargeback',
  about: 'One row for each chargeback. While it is open, answered or lost, the money is with the bank or the customer.',
  columns: {
    chargeback_id: { type: 'uuid not null', about: 'The chargeback.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    payment_id: { type: 'uuid not null', about: 'The way of paying.' },
    capture_id: { type: 'uuid', about: 'The capture that it takes back.' },
    status: { type: 'text not null', about: `One of ${chargebackStatuses.join(', ')}.` },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'What was taken back. Minor units of `currency`.' },
    reference: { type: 'text', about: 'The bank’s or provider’s own number of it.' },
    reason: { type: 'text not null', about: 'Why: a stable code.' },
    evidence: { type: 'jsonb not null', about: 'What was given: kind and reference of each.' },
    respond_by: { type: 'timestamptz', about: 'Until when evidence is taken.' },
    reminded_at: { type: 'timestamptz', about: 'When somebody was reminded.' },
    opened_at: { type: 'timestamptz not null', about: 'When it was opened.' },
    decided_at: { type: 'timestamptz', about: 'When the bank decided.' },
    version: { type: 'integer not null', about: 'Events of it so far.' },
  },
  key: ['chargeback_id'],
  indexes: [
    '(opened_at desc, chargeback_id desc)',
    '(order_id)',
    '(reference) where reference is not null',
    "(respond_by, chargeback_id) where status = 'open'",
  ],
  revision: 1,
  fold: chargeback,
  on: {
    ChargebackOpened: shows,
    ChargebackEvidenceGiven: shows,
    ChargebackResponseDue: shows,
    ChargebackWon: shows,
    ChargebackLost: shows,
  },
};

export interface ChargebackRow {
  readonly chargebackId: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly captureId: string | null;
  readonly status: ChargebackStatus;
  readonly currency: string;
  readonly amount: number;
  readonly reference: string | null;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  readonly respondBy: string | null;
  readonly remindedAt: string | null;
  readonly openedAt: string;
  readonly decidedAt: string | null;
}

export interface ChargebackFilter {
  readonly channel?: string | undefined;
  readonly status?: ChargebackStatus | undefined;
  readonly orderId?: string | undefined;
}

export interface ChargebackSlice {
  readonly limit: number;
  readonly after?: readonly [openedAt: string, chargebackId: string] | undefined;
}

/** Newest first. */
export const listChargebacks = async (
  sql: Sql,
  { channel, status, orderId }: ChargebackFilter,
  { limit, after }: ChargebackSlice,
): Promise<readonly ChargebackRow[]> => {
  const text = `select json_build_object('chargebackId', chargeback_id, 'orderId', order_id, 'paymentId', payment_id, 'captureId', capture_id,
      'status', status, 'currency', currency, 'amount', amount, 'reference', reference, 'reason', reason, 'evidence', evidence,
      'respondBy', ${isoTime('respond_by')}, 'remindedAt', ${isoTime('reminded_at')}, 'openedAt', ${isoTime('opened_at')}, 'decidedAt', ${isoTime('decided_at')}) as row
    from ${tableOf(chargebackList)}
    where ($1::text is null or status = $1) and ($2::uuid is null or order_id = $2) and ${soldBy('$6')}
      and ($3::timestamptz is null or (opened_at, chargeback_id) < ($3, $4::uuid))
    order by opened_at desc, chargeback_id desc limit $5`;
  const values = [status ?? null, orderId ?? null, after?.[0] ?? null, after?.[1] ?? null, limit, channel ?? null];
  return rowsOf(sql, text, values);
};

/** Whose money it takes back; nothing where there is no such chargeback, or not yet. */
export const orderOfChargeback = async (sql: Sql, chargebackId: string): Promise<string | undefined> => {
  const text = `select order_id as "orderId" from ${tableOf(chargebackList)} where chargeback_id = $1`;
  return (await sql.query<{ orderId: string }>(text, [chargebackId])).rows[0]?.orderId;
};
