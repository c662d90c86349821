import type { DataOf } from '@cartage/eventsourcing';
import { endedThere, nothingAfter, openedThere, withRefund } from './after-sale';
import { closed, withoutUnits, withRequest } from './cancellations';
import { resumed } from './commitments';
import type { Decision, EventData, OrderEvent } from './events';
import { withDestination, withEdit } from './edits';
import { facts } from './facts';
import { handedOver, withAsked } from './handovers';
import { counted, startOf, type Stage } from './lines';
import { withResolution } from './lost-parcels';
import { present } from './present';
import { withWays } from './payments';
import { withAlarm, withPromise } from './promises';
import { resent } from './resending';
import { withoutHold } from './holding';
import { shortageChoices, type Order, type PlacedOrder, type Sold } from './state';

const soldAs = ({ lines, shipGroups, totals, payments, priority, instructions }: EventData<'OrderPlaced'>): Sold => ({
  ...{ lines, shipGroups, totals, payments, priority },
  ...present({ instructions }),
});

/** What nothing is known of yet is the same empty map for every order: a state is never changed in place, and a map of its own for each would be most of what an order under way takes in memory. */
const none: ReadonlyMap<never, never> = new Map<never, never>();
const noneOf: ReadonlySet<never> = new Set<never>();

const begun = (placed: EventData<'OrderPlaced'>): PlacedOrder => ({
  placed,
  sold: soldAs(placed),
  version: 1,
  progress: startOf(placed.lines),
  holds: [],
  released: noneOf,
  waived: noneOf,
  payments: none,
  raise: {},
  replaced: noneOf,
  chargebacks: none,
  money: { captured: 0, collected: 0, refunded: 0 },
  short: none,
  choices: none,
  expected: none,
  kits: none,
  unfillable: none,
  givenBackAt: none,
  promised: none,
  commitments: none,
  alarms: none,
  cancellations: none,
  afterSale: nothingAfter,
  handovers: none,
  fulfillments: none,
  shipments: none,
  undelivered: none,
  uncollected: none,
  lost: none,
});

const passed: readonly Stage[] = ['reserved', 'confirmed', 'allocated', 'packed', 'shipped', 'delivered'];

/** Ended before it came: all of it was delivered, or none of it was wanted any more. */
const importedAs = ({ importId, outcome, endedAt, importedAt, ...placed }: EventData<'OrderImported'>): PlacedOrder => {
  const order = begun(placed);
  const as = outcome === 'cancelled' ? 'cancelled' : 'completed';
  const stages = as === 'cancelled' ? (['cancelled'] as const) : passed;
  return {
    ...order,
    progress: stages.reduce((progress, stage) => counted(progress, stage, placed.lines), order.progress),
    ended: { as, at: endedAt },
    imported: { importId, at: importedAt },
  };
};

type Folds = {
  readonly [Type in Exclude<Decision['type'], 'OrderPlaced' | 'OrderImported'>]: (
    order: PlacedOrder,
    data: DataOf<Decision, Type>,
  ) => PlacedOrder;
};

const decisions: Folds = {
  OrderConfirmed: (order, { confirmedAt, lines }) => ({
    ...order,
    progress: counted(order.progress, 'confirmed', lines),
    confirmedAt: order.confirmedAt ?? confirmedAt,
  }),
  HoldApplied: (order, { orderId: _, ...hold }) => ({ ...order, holds: [...order.holds, hold] }),
  HoldReleased: (order, data) =>
    withoutHold(
      resumed(
        order,
        order.holds.find(({ holdId }) => holdId === data.holdId),
        data.releasedAt,
      ),
      data,
    ),
  CancellationRequested: withRequest,
  OrderCancellationRefused: closed,
  LineCancelled: withoutUnits,
  HandoverRequested: withAsked,
  GoodsHandedOver: handedOver,
  DigitalResent: resent,
  OrderEdited: withEdit,
  DestinationChanged: withDestination,
  ChannelRefunded: withRefund,
  ChannelReturnOpened: openedThere,
  ChannelReturnEnded: endedThere,
  PromiseMade: withPromise,
  PromiseMoved: withPromise,
  DeadlineAtRisk: (order, data) => withAlarm(order, 'at-risk', data),
  DeadlineMissed: (order, data) => withAlarm(order, 'missed', data),
  ShortageResolved: (order, { lines, choice }) => {
    const chosen = shortageChoices.find((known) => known === choice) ?? 'wait';
    return { ...order, choices: new Map([...order.choices, ...lines.map(({ lineId }) => [lineId, chosen] as const)]) };
  },
  LostParcelsResolved: withResolution,
  PaymentAdded: (order, { payments, replaces }) => withWays(order, payments, replaces),
  OrderCancelled: (order, { cancelledAt: at }) => ({ ...order, ended: { as: 'cancelled', at } }),
  OrderCompleted: (order, { completedAt: at }) => ({ ...order, ended: { as: 'completed', at } }),
};

type Fold = (order: PlacedOrder, data: unknown) => PlacedOrder;
const folds: ReadonlyMap<string, Fold> = new Map(Object.entries({ ...facts, ...decisions }) as [string, Fold][]);

const beginning = (event: OrderEvent): Order => {
  if (event.type === 'OrderPlaced') return begun(event.data);
  return event.type === 'OrderImported' ? importedAs(event.data) : undefined;
};

/** An event of an order that was never placed changes nothing. */
export const evolve = (order: Order, event: OrderEvent): Order => {
  if (!order) return beginning(event);
  return folds.get(event.type)?.(order, event.data) ?? order;
};
