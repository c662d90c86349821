import type { StoredEvent } from '@cartage/eventsourcing';
import { isoTime, put, tableOf, type Change, type Sql, type View } from '@cartage/views';
import { payout, payoutStatuses, type Payout, type PayoutEvent, type PayoutStatus } from '../../domain/settlements/payout';
import { rowsOf } from './rows-of';

const row = ({ version }: StoredEvent, state: Payout): Change | readonly Change[] => {
  if (state.status === 'none') return [];
  const { payoutId, provider, number, status, currency, amount } = state;
  return put({
    ...{ payout_id: payoutId, provider, number, status, currency, amount, heard_at: state.heardAt, version },
    reason: state.reason ?? null,
    arrives_at: state.arrivesAt ?? null,
    failed_at: state.failedAt ?? null,
    settlement_id: state.settlementId ?? null,
    returned_in: state.returned?.settlementId ?? null,
  });
};
const shows = (event: StoredEvent, state: () => Payout) => row(event, state());

/** What do providers pay out, has it come, and which settlement is it? */
export const payoutList: View<PayoutEvent, Payout> = {
  name: 'payout',
  about: 'One row for each payout that a provider told of. One that failed has not come.',
  columns: {
    payout_id: { type: 'uuid not null', about: 'The payout.' },
    provider: { type: 'text not null', about: 'The account at a provider that pays it.' },
    number: { type: 'text not null', about: 'The provider’s own number of it.' },
    status: { type: 'text not null', about: `One of ${payoutStatuses.join(', ')}.` },
    reason: { type: 'text', about: 'Why it failed: a stable code.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Below zero: taken from us. Minor units of `currency`.' },
    arrives_at: { type: 'timestamptz', about: 'The day on which it is to be in the bank.' },
    heard_at: { type: 'timestamptz not null', about: 'When it was heard of first.' },
    failed_at: { type: 'timestamptz', about: 'When it was heard that it failed.' },
    settlement_id: { type: 'uuid', about: 'The settlement that its lines are in; null as long as they are not fetched.' },
    returned_in: { type: 'uuid', about: 'The settlement by which the money of one that failed comes with another payout.' },
    version: { type: 'integer not null', about: 'Events of it so far.' },
  },
  key: ['payout_id'],
  indexes: ['(heard_at desc, payout_id desc)', '(settlement_id)', '(heard_at, payout_id) where settlement_id is null'],
  revision: 1,
  fold: payout,
  on: { PayoutAnnounced: shows, PayoutPaid: shows, PayoutFailed: shows, PayoutReconciled: shows, PayoutReturned: shows },
};

/** When did a payout that failed leave the bank again, and when did its money come after all? */
export const payoutMovement: View<PayoutEvent> = {
  name: 'payout_movement',
  about: 'One row for each entry of the books that follows from a payout that failed.',
  columns: {
    movement_id: { type: 'uuid not null', about: 'The event that recorded it.' },
    payout_id: { type: 'uuid not null', about: 'The payout.' },
    kind: { type: 'text not null', about: 'payout-failed; payout-returned: it is a part of another payout.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`.' },
    moved_at: { type: 'timestamptz not null', about: 'When it was heard.' },
  },
  key: ['movement_id'],
  indexes: ['(moved_at, movement_id)'],
  revision: 1,
  on: {
    PayoutFailed: ({ id, data: { payoutId, currency, amount, failedAt } }) =>
      put({ movement_id: id, payout_id: payoutId, kind: 'payout-failed', currency, amount, moved_at: failedAt }),
    PayoutReturned: ({ id, data: { payoutId, currency, amount, returnedAt } }) =>
      put({ movement_id: id, payout_id: payoutId, kind: 'payout-returned', currency, amount, moved_at: returnedAt }),
  },
};

export interface PayoutRow {
  readonly payoutId: string;
  readonly provider: string;
  readonly number: string;
  readonly status: PayoutStatus;
  readonly reason: string | null;
  readonly currency: string;
  readonly amount: number;
  readonly arrivesAt: string | null;
  readonly heardAt: string;
  readonly failedAt: string | null;
  readonly settlementId: string | null;
  readonly returnedIn: string | null;
}

export interface PayoutFilter {
  readonly status?: PayoutStatus | undefined;
  readonly provider?: string | undefined;
  readonly settlementId?: string | undefined;
}

export interface PayoutSlice {
  readonly limit: number;
  readonly after?: readonly [heardAt: string, payoutId: string] | undefined;
}

const shown = `json_build_object('payoutId', payout_id, 'provider', provider, 'number', number, 'status', status, 'reason', reason,
  'currency', currency, 'amount', amount, 'arrivesAt', ${isoTime('arrives_at')}, 'heardAt', ${isoTime('heard_at')}, 'failedAt', ${isoTime('failed_at')},
  'settlementId', settlement_id, 'returnedIn', returned_in) as row`;

/** Newest first. */
export const listPayouts = (sql: Sql, { status, provider, settlementId }: PayoutFilter, { limit, after }: PayoutSlice) =>
  rowsOf<PayoutRow>(
    sql,
    `select ${shown} from ${tableOf(payoutList)}
    where ($1::text is null or status = $1) and ($2::text is null or provider = $2) and ($3::uuid is null or settlement_id = $3)
      and ($4::timestamptz is null or (heard_at, payout_id) < ($4, $5::uuid))
    order by heard_at desc, payout_id desc limit $6`,
    [status ?? null, provider ?? null, settlementId ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  );

/** How many failed whose money has not come with another one, by account. */
export const failedPayouts = (sql: Sql) =>
  rowsOf<{ readonly provider: string; readonly count: number }>(
    sql,
    `select json_build_object('provider', provider, 'count', count(*) filter (where status = 'failed' and returned_in is null)) as row
    from ${tableOf(payoutList)} group by provider`,
    [],
  );

/** Those whose lines are not fetched yet, except these; oldest first. */
export const unreconciledPayouts = (sql: Sql, except: readonly string[], limit: number) =>
  rowsOf<PayoutRow>(
    sql,
    `select ${shown} from ${tableOf(payoutList)} where settlement_id is null and payout_id <> all($1::uuid[]) order by heard_at, payout_id limit $2`,
    [except, limit],
  );
