import type { Schemas } from '../api/client';
import type { OrdersAddress } from '../orders/address';
import type { Counted, QueueId } from '../queues/queue';

export type OrderCounts = Schemas['OrderCounts'];

/** Where things that wait are listed: a queue, narrowed down by what keeps orders, or orders whose promise is not kept. */
export type WaitingList =
  | { readonly in: 'orders'; readonly filters: OrdersAddress }
  | { readonly in: 'queue'; readonly queue: QueueId; readonly filters: { readonly hold?: string } };

/** Things that wait for somebody. */
export interface Waiting {
  /** A promise that is not kept, a type of hold, or a queue. */
  readonly name: string;
  readonly named: 'queue' | 'hold' | 'queues.kind';
  readonly counted: Counted;
  readonly list: WaitingList;
}

/** Holds that have a queue of their own, in which more can be done about them. */
const ownQueues: Readonly<Record<string, QueueId>> = {
  'payment-review': 'payment-review',
  'stock-short': 'shortages',
  unfillable: 'unfillable',
};

const listOf = (type: string): WaitingList => {
  const queue = ownQueues[type];
  return queue ? { in: 'queue', queue, filters: {} } : { in: 'queue', queue: 'holds', filters: { hold: type } };
};

const byAge = ({ counted: a }: Waiting, { counted: b }: Waiting): number => (a.oldest ?? '').localeCompare(b.oldest ?? '');

/** What of orders needs a person: promises first, because they run out, then holds, those first in which somebody waits longest. Empty queues are none. */
export const waitingOrders = ({ holds, late, atRisk, upTo }: OrderCounts): readonly Waiting[] => {
  const countedOf = ({ orders, oldest }: OrderCounts['late']): Counted => ({ count: orders, upTo, oldest });
  const alarm = (name: string, counted: OrderCounts['late'], filters: OrdersAddress): Waiting => ({
    ...{ name, named: 'queue', counted: countedOf(counted) },
    list: { in: 'orders', filters },
  });
  const held = holds.map((hold): Waiting => ({ name: hold.type, named: 'hold', counted: countedOf(hold), list: listOf(hold.type) }));
  const all = [alarm('late', late, { late: true }), alarm('at-risk', atRisk, { atRisk: true }), ...held.toSorted(byAge)];
  return all.filter(({ counted: { count } }) => count > 0);
};

const ofOrders: ReadonlySet<QueueId> = new Set(['holds', ...Object.values(ownQueues)]);

/** Queues that hold no order, and are counted by themselves. */
export const isBesideOrders = ({ id }: { readonly id: QueueId }): boolean => !ofOrders.has(id);

/** What waits in such a queue, once it was counted. */
export const waitingIn = (queue: QueueId, counted: Counted | undefined): readonly Waiting[] =>
  counted === undefined || counted.count === 0
    ? []
    : [{ name: queue, named: 'queues.kind', counted, list: { in: 'queue', queue, filters: {} } }];

/** Whether anything has ever been ordered. */
export const hasOrders = ({ statuses }: OrderCounts): boolean => statuses.some(({ orders }) => orders > 0);
