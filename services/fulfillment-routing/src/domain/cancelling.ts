import type { LineQuantity, Reason } from '@cartage/contracts';
import type { BrokeringEvent, EventData } from './events';
import { beginningOf, evolve, isStanding, type Brokered, type Brokering, type Fulfillment, type PendingCancellation } from './state';
import { divided, without } from './units';

type Events = readonly BrokeringEvent[];
type Request = EventData<'CancellationRequested'>;

/** Units of a fulfilment that nobody has asked back yet. */
export const uncancelled = ({ lines, cancellations }: Fulfillment): readonly LineQuantity[] =>
  without(
    lines,
    cancellations.flatMap((pending) => pending.lines),
  );

/** Those that come to nothing anyway come first, those whose goods have left last. */
const easeOf = ({ status, pickup }: Fulfillment): number => {
  if (status === 'closed') return 2;
  return status === 'brokered' && pickup?.expiredAt === undefined ? 1 : 0;
};

interface Placed {
  readonly fulfillment: Fulfillment;
  readonly lines: readonly LineQuantity[];
}

/** Which fulfilments hold these units, and which units none of them holds. */
const placed = (fulfillments: readonly Fulfillment[], lines: readonly LineQuantity[]) =>
  fulfillments.reduce<{ readonly placed: readonly Placed[]; readonly rest: readonly LineQuantity[] }>(
    (before, fulfillment) => {
      const { found } = divided(uncancelled(fulfillment), before.rest);
      if (found.length === 0) return before;
      return { placed: [...before.placed, { fulfillment, lines: found }], rest: without(before.rest, found) };
    },
    { placed: [], rest: lines },
  );

interface Asked {
  readonly orderId: string;
  readonly cancellationId: string;
  readonly reason: Reason;
  readonly now: string;
}

const request = ({ now, ...asked }: Asked, { fulfillment: { fulfillmentId, location }, lines }: Placed): BrokeringEvent => ({
  type: 'FulfillmentCancellationRequested',
  data: { fulfillmentId, location, ...asked, lines, requestedAt: now },
});

const leftAlready = { code: 'handed-over', detail: 'The goods had left when it was asked.', by: 'carrier' };

const refusal = (
  { orderId, cancellationId, now }: Asked,
  { fulfillment, lines }: Placed,
  reason: Reason = leftAlready,
): BrokeringEvent => ({
  type: 'FulfillmentCancellationRefused',
  data: {
    fulfillmentId: fulfillment.fulfillmentId,
    orderId,
    location: fulfillment.location,
    cancellationId,
    lines,
    reason,
    refusedAt: now,
  },
});

/** Of the goods that left it is told at once that it is too late; of the others, whoever holds them is asked. */
const answerOrAsk = (asked: Asked, each: Placed): BrokeringEvent =>
  each.fulfillment.status === 'closed' ? refusal(asked, each) : request(asked, each);

const standing = ({ fulfillments }: Brokered): readonly Fulfillment[] =>
  [...fulfillments.values()].filter(isStanding).toSorted((a, b) => easeOf(a) - easeOf(b));

/**
 * Units that wait for a location, and those that were not even heard of yet, are cancelled at once; of the others, whoever holds the goods decides. Each unit is
 * looked for in one place at a time, so that it is answered once.
 */
export const requestCancellation = ({ now, ...data }: Request & { readonly now: string }, state: Brokering): Events => {
  const before = state ?? beginningOf({ orderId: data.orderId, priority: 'standard' });
  if (before.cancellations.has(data.cancellationId)) return [];
  const { orderId, cancellationId, reason, lines } = data;
  const asked = { orderId, cancellationId, reason, now };
  const waiting = divided([...before.unfilled, ...before.held], lines).found;
  const held = placed(standing(before), without(lines, waiting));
  const atOnce = [...waiting.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })), ...held.rest];
  const cancelled: BrokeringEvent = {
    type: 'FulfillmentCancelled',
    data: { orderId, cancellationId, lines: atOnce, reason, cancelledAt: now },
  };
  return [
    { type: 'CancellationRequested', data },
    ...(atOnce.length > 0 ? [cancelled] : []),
    ...held.placed.map((each) => answerOrAsk(asked, each)),
  ];
};

/** Nothing of the fulfilment goes out: what was asked back of it is cancelled. */
export const cancelledOf = (orderId: string, { fulfillmentId, location, cancellations }: Fulfillment, now: string): Events =>
  cancellations.map(({ cancellationId, lines, reason }) => ({
    type: 'FulfillmentCancelled',
    data: { fulfillmentId, orderId, location, cancellationId, lines, reason, cancelledAt: now },
  }));

interface TooLate {
  readonly pending: PendingCancellation;
  readonly reason: Reason;
  readonly now: string;
}

const refusedOf = (order: Brokered, fulfillment: Fulfillment, { pending, reason, now }: TooLate): Events => {
  const { cancellationId, lines } = pending;
  const asked = { orderId: order.orderId, cancellationId, reason: pending.reason, now };
  const others = standing(order).filter(({ status }) => status !== 'closed');
  const elsewhere = placed(others, lines);
  return [
    ...elsewhere.placed.map((each) => request(asked, each)),
    ...(elsewhere.rest.length > 0 ? [refusal(asked, { fulfillment, lines: elsewhere.rest }, reason)] : []),
  ];
};

/** The goods of a fulfilment have left. Units of the same lines that another location still has are asked for instead; the rest is refused. */
export const refuseCancellations = (state: Brokering, of: Fulfillment, tooLate: Omit<TooLate, 'pending'>): Events =>
  of.cancellations.reduce<Events>((events, pending) => {
    const order = events.reduce<Brokering>(evolve, state);
    return order ? [...events, ...refusedOf(order, of, { pending, ...tooLate })] : events;
  }, []);
