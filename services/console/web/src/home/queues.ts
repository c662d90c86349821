import type { Schemas } from '../api/client';
import type { OrdersAddress } from '../orders/address';

export type OrderCounts = Schemas['OrderCounts'];

/** Orders that wait for somebody, and where they are listed. */
export interface Queue {
  /** A type of hold, or a promise that is not kept. */
  readonly name: string;
  readonly isHold: boolean;
  readonly orders: number;
  readonly oldest: string | null;
  readonly list: OrdersAddress;
}

const alarm = (name: string, counted: OrderCounts['late'], list: OrdersAddress): Queue => ({ name, isHold: false, ...counted, list });

/** What needs a person: promises first, because they run out, then holds, those first in which somebody waits longest. Empty queues are none. */
export const queuesOf = ({ holds, late, atRisk }: OrderCounts): readonly Queue[] => {
  const held = holds.map(({ type, orders, oldest }): Queue => ({
    name: type,
    isHold: true,
    orders,
    oldest,
    list: { status: 'on-hold', hold: type },
  }));
  const byAge = held.toSorted((a, b) => (a.oldest ?? '').localeCompare(b.oldest ?? ''));
  return [alarm('late', late, { late: true }), alarm('at-risk', atRisk, { atRisk: true }), ...byAge].filter(({ orders }) => orders > 0);
};

/** Whether anything has ever been ordered. */
export const hasOrders = ({ statuses }: OrderCounts): boolean => statuses.some(({ orders }) => orders > 0);
