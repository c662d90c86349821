import type { StoredEvent } from '@cartage/eventsourcing';
import { isoTime, put, tableOf, type Change, type Sql, type View } from '@cartage/views';
import { availableIn, type Balance, type BalanceEvent, type BalanceKind } from '../../domain/balances/balance';
import { balance } from '../../domain/decide-balance';
import { rowsOf } from './rows-of';

export const balanceKinds = ['gift-card', 'store-credit', 'exchange'] as const satisfies readonly BalanceKind[];

/** When it was opened is known by its first event only: later ones leave it. */
const row = ({ version }: StoredEvent, state: Balance, at: string): Change | readonly Change[] => {
  if (state.status === 'none') return [];
  return put({
    balance_id: state.balanceId,
    kind: state.kind,
    currency: state.currency,
    owed: state.owed,
    available: availableIn(state),
    last4: state.last4 ?? null,
    order_id: state.orderId ?? null,
    customer_id: state.customerId ?? null,
    frozen: state.frozen?.code ?? null,
    expires_at: state.expiresAt ?? null,
    version,
    moved_at: at,
  });
};

/** Which gift cards and store credits are there, and what do we owe on each? */
export const balanceList: View<BalanceEvent, Balance> = {
  name: 'balance',
  about: 'One row for each gift card, each store credit and each exchange. The sum of `owed` is what we owe.',
  columns: {
    balance_id: { type: 'uuid not null', about: 'The gift card, store credit or exchange.' },
    kind: { type: 'text not null', about: `One of ${balanceKinds.join(', ')}.` },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    owed: {
      type: "bigint not null check (owed >= 0 or kind = 'exchange')",
      about:
        'What we owe on it, promised or not; of an exchange in advance it is below zero until the goods are back. Minor units of `currency`.',
    },
    available: {
      type: "bigint not null check (available >= 0 or kind = 'exchange')",
      about: 'What of it can be spent. Minor units of `currency`.',
    },
    last4: { type: 'text', about: 'The end of a gift card’s code.' },
    order_id: { type: 'uuid', about: 'Of an exchange: the order that it pays for.' },
    customer_id: { type: 'text', about: 'Whose store credit it is, by the channel’s own number.' },
    frozen: { type: 'text', about: 'Why nothing of it can be spent: a stable code; null: it can.' },
    expires_at: { type: 'timestamptz', about: 'When what is left ends.' },
    version: { type: 'integer not null', about: 'Events of it so far.' },
    moved_at: { type: 'timestamptz not null', about: 'When something happened to it last.' },
  },
  key: ['balance_id'],
  indexes: ['(moved_at desc, balance_id desc)', '(customer_id) where customer_id is not null', '(order_id) where order_id is not null'],
  revision: 1,
  fold: balance,
  on: {
    BalanceOpened: (event, state) => row(event, state(), event.data.openedAt),
    BalanceCredited: (event, state) => row(event, state(), event.data.creditedAt),
    BalanceReserved: (event, state) => row(event, state(), event.data.reservedAt),
    BalanceReleased: (event, state) => row(event, state(), event.data.releasedAt),
    BalanceDebited: (event, state) => row(event, state(), event.data.debitedAt),
    BalanceFrozen: (event, state) => row(event, state(), event.data.frozenAt),
    BalanceUnfrozen: (event, state) => row(event, state(), event.data.unfrozenAt),
  },
};

export interface BalanceRow {
  readonly balanceId: string;
  readonly kind: BalanceKind;
  readonly currency: string;
  readonly owed: number;
  readonly available: number;
  readonly last4: string | null;
  readonly customerId: string | null;
  readonly orderId: string | null;
  readonly frozen: string | null;
  readonly expiresAt: string | null;
}

export interface BalanceFilter {
  readonly kind?: BalanceKind | undefined;
  readonly customerId?: string | undefined;
  readonly orderId?: string | undefined;
}

export interface BalanceSlice {
  readonly limit: number;
  readonly after?: readonly [movedAt: string, balanceId: string] | undefined;
}

/** What moved last comes first. */
export const listBalances = async (
  sql: Sql,
  { kind, customerId, orderId }: BalanceFilter,
  { limit, after }: BalanceSlice,
): Promise<readonly (BalanceRow & { readonly movedAt: string })[]> => {
  const text = `select json_build_object('balanceId', balance_id, 'kind', kind, 'currency', currency, 'owed', owed, 'available', available,
      'last4', last4, 'customerId', customer_id, 'orderId', order_id, 'frozen', frozen, 'expiresAt', ${isoTime('expires_at')}, 'movedAt', ${isoTime('moved_at', 'US')}) as row
    from ${tableOf(balanceList)}
    where ($1::text is null or kind = $1) and ($2::text is null or customer_id = $2) and ($6::uuid is null or order_id = $6)
      and ($3::timestamptz is null or (moved_at, balance_id) < ($3, $4::uuid))
    order by moved_at desc, balance_id desc limit $5`;
  const values = [kind ?? null, customerId ?? null, after?.[0] ?? null, after?.[1] ?? null, limit, orderId ?? null];
  return rowsOf(sql, text, values);
};
