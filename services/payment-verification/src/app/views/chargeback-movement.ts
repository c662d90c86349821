import type { StoredEvent } from '@cartage/eventsourcing';
import { put, type Change, type View } from '@cartage/views';
import { chargeback, type Chargeback, type ChargebackEvent, type ChargebackStatus } from '../../domain/chargebacks/chargeback';

/** How it stood before the event, and how it stands. */
interface Turn {
  readonly before: Chargeback;
  readonly now: Chargeback;
}

const turning = {
  initial: { before: chargeback.initial, now: chargeback.initial } satisfies Turn as Turn,
  evolve: ({ now }: Turn, event: ChargebackEvent): Turn => ({ before: now, now: chargeback.evolve(now, event) }),
};

type Status = ChargebackStatus | 'none';
const kinds: { readonly [Outcome in 'won' | 'lost']: (before: Status) => string } = {
  won: (before) => (before === 'lost' ? 'chargeback-won-after-lost' : 'chargeback-won'),
  lost: (before) => (before === 'won' ? 'chargeback-lost-after-won' : 'chargeback-lost'),
};

const kindOf = ({ before, now }: Turn): string =>
  now.status === 'won' || now.status === 'lost' ? kinds[now.status](before.status) : 'chargeback-opened';

const row = ({ id }: StoredEvent, turn: Turn, at: string): Change | readonly Change[] => {
  const { now } = turn;
  if (now.status === 'none') return [];
  const { chargebackId, orderId, currency, amount } = now;
  return put({ movement_id: id, chargeback_id: chargebackId, order_id: orderId, kind: kindOf(turn), currency, amount, moved_at: at });
};

/** When did money of chargebacks move, between whom? */
export const chargebackMovement: View<ChargebackEvent, Turn> = {
  name: 'chargeback_movement',
  about: 'One row for each turn of a chargeback that moved money: opened, won, lost.',
  columns: {
    movement_id: { type: 'uuid not null', about: 'The event that recorded it.' },
    chargeback_id: { type: 'uuid not null', about: 'The chargeback.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    kind: { type: 'text not null', about: 'chargeback-opened, chargeback-won, chargeback-lost; …-after-… when the bank changed its mind.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'Minor units of `currency`.' },
    moved_at: { type: 'timestamptz not null', about: 'When it happened.' },
  },
  key: ['movement_id'],
  indexes: ['(moved_at, movement_id)', '(order_id)'],
  revision: 1,
  fold: turning,
  on: {
    ChargebackOpened: (event, turn) => row(event, turn(), event.data.openedAt),
    ChargebackWon: (event, turn) => row(event, turn(), event.data.decidedAt),
    ChargebackLost: (event, turn) => row(event, turn(), event.data.decidedAt),
  },
};
