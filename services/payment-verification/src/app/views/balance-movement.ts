import type { Reason } from '@cartage/contracts';
import type { StoredEvent } from '@cartage/eventsourcing';
import { isoTime, put, tableOf, type Change, type Sql, type View } from '@cartage/views';
import { availableIn, type Balance, type BalanceEvent } from '../../domain/balances/balance';
import { balance } from '../../domain/decide-balance';

interface Moved {
  readonly balanceId: string;
  readonly currency: string;
  readonly amount: number;
  readonly orderId?: string;
  readonly reference?: string;
  readonly reason?: Reason;
}

interface Movement {
  readonly kind: string;
  /** 1: we owe more; −1: less; 0: only a promise, or its end. */
  readonly direction: -1 | 0 | 1;
  readonly at: string;
}

const movement = (
  { id, version, data }: StoredEvent & { readonly data: Moved },
  state: Balance,
  { kind, direction, at }: Movement,
): Change | readonly Change[] =>
  state.status === 'none'
    ? []
    : put({
        ...{ movement_id: id, balance_id: data.balanceId, version, kind, currency: data.currency, amount: data.amount },
        ...{ effect: direction * data.amount, owed: state.owed, available: availableIn(state), order_id: data.orderId ?? null },
        ...{ reference: data.reference ?? null, reason: data.reason?.code ?? null, moved_at: at },
      });

/** Why is a balance what it is? */
export const balanceMovement: View<BalanceEvent, Balance> = {
  name: 'balance_movement',
  about: 'One row for each movement of a gift card, store credit or exchange. The sum of `effect` is what we owe on it.',
  columns: {
    movement_id: { type: 'uuid not null', about: 'The event that recorded it.' },
    balance_id: { type: 'uuid not null', about: 'The gift card or store credit.' },
    version: { type: 'integer not null', about: 'Its place in the history of the balance.' },
    kind: {
      type: 'text not null',
      about: 'Why it moved: sold, topped-up, goodwill, refund, adjusted, reserved, released, captured or expired.',
    },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`.' },
    effect: { type: 'bigint not null', about: 'What it adds to what we owe: negative for what was spent, 0 for a promise. Minor units.' },
    owed: { type: 'bigint not null', about: 'What we owed after it. Minor units.' },
    available: { type: 'bigint not null', about: 'What of it could be spent after it. Minor units.' },
    order_id: { type: 'uuid', about: 'The order that it was sold in, paid for or came back from.' },
    reference: { type: 'text', about: 'A number that whoever asked for it gave.' },
    reason: { type: 'text', about: 'Why: a stable code.' },
    moved_at: { type: 'timestamptz not null', about: 'When it happened.' },
  },
  key: ['movement_id'],
  indexes: ['(balance_id, version)', '(moved_at, movement_id)', '(order_id) where order_id is not null'],
  revision: 1,
  fold: balance,
  on: {
    BalanceCredited: (event, state) => movement(event, state(), { kind: event.data.cause, direction: 1, at: event.data.creditedAt }),
    BalanceDebited: (event, state) => movement(event, state(), { kind: event.data.cause, direction: -1, at: event.data.debitedAt }),
    BalanceReserved: (event, state) => movement(event, state(), { kind: 'reserved', direction: 0, at: event.data.reservedAt }),
    BalanceReleased: (event, state) => movement(event, state(), { kind: 'released', direction: 0, at: event.data.releasedAt }),
  },
};

export interface BalanceMovementRow {
  readonly movementId: string;
  readonly version: number;
  readonly kind: string;
  readonly currency: string;
  readonly amount: number;
  readonly effect: number;
  readonly owed: number;
  readonly available: number;
  readonly orderId: string | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly movedAt: string;
}

/** In the order in which they happened. */
export const listBalanceMovements = async (
  sql: Sql,
  balanceId: string,
  { limit, afterVersion }: { readonly limit: number; readonly afterVersion: number },
): Promise<readonly BalanceMovementRow[]> => {
  const text = `select json_build_object('movementId', movement_id, 'version', version, 'kind', kind, 'currency', currency, 'amount', amount,
      'effect', effect, 'owed', owed, 'available', available, 'orderId', order_id, 'reference', reference, 'reason', reason,
      'movedAt', ${isoTime('moved_at')}) as row
    from ${tableOf(balanceMovement)} where balance_id = $1 and version > $2 order by version limit $3`;
  return (await sql.query<{ row: BalanceMovementRow }>(text, [balanceId, afterVersion, limit])).rows.map(({ row }) => row);
};
