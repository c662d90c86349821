import { Refused, type Deadline, type Deadlines, type Meta, type OnDue } from '@cartage/eventsourcing';
import type { BrokeringEvent } from '../domain/events';
import { streamOf } from '../domain/order-brokering';
import type { StockLeft } from './stock-offers';

/** What may come due for an order. */
interface Due {
  /** A location that was full has a new working day. */
  readonly CapacityBack: { readonly orderId: string };
  /** More stock arrived than could be offered at once. */
  readonly StockLeft: StockLeft;
  readonly AcceptanceDue: OfFulfillment;
  readonly PickupReminder: OfFulfillment & { readonly expiresAt: string };
  /** What waits at a counter is kept until then. */
  readonly PickupExpiry: OfFulfillment;
}

interface OfFulfillment {
  readonly orderId: string;
  readonly fulfillmentId: string;
}

interface Kept extends OfFulfillment {
  readonly expiresAt: string;
  readonly remindAt?: string;
}

/** Who is told. */
export type WhenDue = { readonly [Name in keyof Due]: (data: Due[Name], meta: Meta) => Promise<unknown> };

interface Needs {
  readonly deadlines: Deadlines;
  readonly now: () => Date;
}

const HOUR_MS = 3_600_000;

const capacityBack = (orderId: string, dueAt: string): Deadline => ({
  ...{ id: `brokering-${orderId}-CapacityBack-${dueAt}`, stream: streamOf(orderId), name: 'CapacityBack', dueAt, data: { orderId } },
});

const pickupReminder = ({ orderId, fulfillmentId, expiresAt, remindAt }: Kept): readonly Deadline[] => {
  if (remindAt === undefined) return [];
  const of = { stream: streamOf(orderId), name: 'PickupReminder', dueAt: remindAt, data: { orderId, fulfillmentId, expiresAt } };
  return [{ id: `fulfillment-${fulfillmentId}-PickupReminder-${expiresAt}`, ...of }];
};

const pickupExpiry = ({ orderId, fulfillmentId }: OfFulfillment, dueAt: string): Deadline => ({
  ...{ id: `fulfillment-${fulfillmentId}-PickupExpiry-${dueAt}`, stream: streamOf(orderId), name: 'PickupExpiry', dueAt },
  data: { orderId, fulfillmentId },
});

const pickupDeadlines = (kept: Kept): readonly Deadline[] => [pickupExpiry(kept, kept.expiresAt), ...pickupReminder(kept)];

/**
 * Set before a person's wish is written: nobody tells it again if the process dies in between, and it would be kept for ever. One that comes to nothing finds nothing to
 * do.
 */
export const watchPickup = async ({ deadlines }: Pick<Needs, 'deadlines'>, kept: Kept): Promise<void> => {
  for (const deadline of pickupDeadlines(kept)) await deadlines.set(deadline);
};

const deadlinesOf = ({ type, data }: BrokeringEvent): readonly Deadline[] => {
  if (type === 'ReadyForPickup' || type === 'PickupExtended') return pickupDeadlines(data);
  if (type === 'OrderBrokered') return data.askAgainAt === undefined ? [] : [capacityBack(data.orderId, data.askAgainAt)];
  if (type !== 'FulfillmentBrokered' || data.acceptBy === undefined) return [];
  const { orderId, fulfillmentId, acceptBy: dueAt } = data;
  const name = 'AcceptanceDue';
  return [{ id: `fulfillment-${fulfillmentId}-${name}`, stream: streamOf(orderId), name, dueAt, data: { orderId, fulfillmentId } }];
};

/** Every wait that these events begin; none on a good day, where no location has to accept what it is given. */
export const setDeadlines = async ({ deadlines }: Pick<Needs, 'deadlines'>, events: readonly BrokeringEvent[]): Promise<void> => {
  for (const deadline of events.flatMap(deadlinesOf)) await deadlines.set(deadline);
};

/** What is refused for now, asked again in an hour: places are given back at any time, and holds released. */
const again: Readonly<Record<string, (of: OfFulfillment, dueAt: string) => Deadline>> = {
  STILL_UNFILLABLE: ({ orderId }, dueAt) => capacityBack(orderId, dueAt),
  PICKUP_HELD: pickupExpiry,
};

/** Tells what is due. What cannot be any more is refused, and that is final. */
export const onDueOf =
  ({ deadlines, now }: Needs, when: WhenDue): OnDue =>
  async ({ name, data }, meta) => {
    if (!(name in when)) return;
    const tell = when[name as keyof Due] as (data: unknown, meta: Meta) => Promise<unknown>;
    try {
      await tell(data, meta);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const later = again[error.code];
      if (later) await deadlines.set(later(data as OfFulfillment, new Date(now().getTime() + HOUR_MS).toISOString()));
    }
  };
