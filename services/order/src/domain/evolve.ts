import type { DataOf } from '@cartage/eventsourcing';
import type { Decision, EventData, OrderEvent } from './events';
import { facts } from './facts';
import { startOf } from './lines';
import type { Order, PlacedOrder } from './state';

const begun = (placed: EventData<'OrderPlaced'>): PlacedOrder => ({
  placed,
  progress: startOf(placed.lines),
  holds: [],
  payments: new Map(),
  money: { captured: 0, collected: 0, refunded: 0 },
  short: new Map(),
  unfillable: new Map(),
  rejectedAt: new Map(),
  fulfillments: new Map(),
  shipments: new Map(),
});

type Folds = {
  readonly [Type in Exclude<Decision['type'], 'OrderPlaced'>]: (order: PlacedOrder, data: DataOf<Decision, Type>) => PlacedOrder;
};

const decisions: Folds = {
  OrderConfirmed: (order, { confirmedAt }) => ({ ...order, confirmedAt }),
  HoldApplied: (order, { holdId, type, lines }) => ({ ...order, holds: [...order.holds, { holdId, type, ...(lines ? { lines } : {}) }] }),
  HoldReleased: (order, { holdId }) => ({ ...order, holds: order.holds.filter((each) => each.holdId !== holdId) }),
  OrderCancelled: (order, { cancelledAt: at }) => ({ ...order, ended: { as: 'cancelled', at } }),
  OrderCompleted: (order, { completedAt: at }) => ({ ...order, ended: { as: 'completed', at } }),
};

type Fold = (order: PlacedOrder, data: unknown) => PlacedOrder;
const folds: ReadonlyMap<string, Fold> = new Map(Object.entries({ ...facts, ...decisions }) as [string, Fold][]);

/** An event of an order that was never placed changes nothing. */
export const evolve = (order: Order, { type, data }: OrderEvent): Order => {
  if (!order) return type === 'OrderPlaced' ? begun(data) : order;
  return folds.get(type)?.(order, data) ?? order;
};
