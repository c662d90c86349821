import type { LineQuantity } from '@cartage/contracts';
import { decideOn, type Evidence, type Occasion } from './deciding';
import { asksAgain, type BrokeringEvent, type DecisionRecord, type EventData } from './events';
import type { BrokeringFacts } from './facts';
import { unfilledOf } from './order-brokering';
import type { RoutingRules } from './rules';
import { beginningOf, evolve, standing, type Brokered, type Brokering } from './state';
import { waitingForStock } from './stock-arrivals';
import { forStockOf } from './unfilled';
import { divided, merged, unitsByLine, without } from './units';

/** An order as it was, and as it is in the fork; one and the same while all goes as it went. */
export interface ForkedOrder {
  readonly real: Brokering;
  readonly fork: Brokering;
}

export const isForked = ({ real, fork }: ForkedOrder): boolean => real !== fork;

/** Units of each line that are on their way, or wait for something. */
const settledUnits = (state: Brokering): ReadonlyMap<string, number> =>
  unitsByLine([...standing(state).flatMap(({ lines }) => lines), ...(state?.unfilled ?? []), ...(state?.held ?? [])]);

/** Those of the lines, which are open in reality, that are open in the fork as well: not those that are on their way in it, or wait in it already. */
const openInFork = ({ real, fork }: ForkedOrder, lines: readonly LineQuantity[]): readonly LineQuantity[] => {
  const [there, here] = [settledUnits(real), settledUnits(fork)];
  const open = [...unitsByLine(lines)].map(([lineId, quantity]) => ({
    lineId,
    quantity: quantity - Math.max(0, (here.get(lineId) ?? 0) - (there.get(lineId) ?? 0)),
  }));
  return divided(
    lines,
    open.filter(({ quantity }) => quantity > 0),
  ).found;
};

const ofGroup = <Line extends { readonly shipGroupId: string }>(waiting: readonly Line[], { shipGroup }: DecisionRecord): readonly Line[] =>
  waiting.filter(({ shipGroupId }) => shipGroupId === shipGroup.shipGroupId);

/** What the fork has to broker where this was really brokered. */
const linesInFork = (order: ForkedOrder, record: DecisionRecord): readonly LineQuantity[] => {
  const { fork } = order;
  const { cause, shipGroup, request } = record;
  if (!isForked(order)) return request.lines;
  if (!fork) return asksAgain.includes(cause) || cause === 'released' ? [] : openInFork(order, request.lines);
  if (cause === 'released') return divided(request.lines, ofGroup(fork.held, record)).found;
  if (cause === 'stock-arrived')
    return divided(
      request.lines,
      ofGroup(waitingForStock(fork), record).flatMap(({ lines }) => lines),
    ).found;
  // Asked of everybody again: whatever waits of the ship group.
  return asksAgain.includes(cause) ? unfilledOf(fork, shipGroup.shipGroupId) : openInFork(order, request.lines);
};

export interface ForkKnows {
  readonly rules: RoutingRules;
  readonly factsFor: (lines: readonly LineQuantity[]) => BrokeringFacts;
}

/** What was decided together with others by the same rules stays so, as far as it can; by other rules each is decided alone. */
const batchOf = ({ request: { batch }, ...record }: DecisionRecord, rules: RoutingRules): Pick<Evidence, 'batch'> =>
  batch && rules === record.rules ? { batch } : {};

const evidenceOf = (record: DecisionRecord, rules: RoutingRules, facts: BrokeringFacts): Evidence => ({
  ...batchOf(record, rules),
  decisionId: record.decisionId,
  fulfillmentIds: Array.from({ length: rules.maxSplit }, (_, n) => `${record.decisionId}/${n + 1}`),
  rules,
  facts,
  now: record.brokeredAt,
});

/** The order as the decision found it. */
const asFound = (fork: Brokering, { orderId, request: { priority, channel } }: DecisionRecord): Brokered => ({
  ...(fork ?? beginningOf({ orderId, priority })),
  priority,
  ...(channel === undefined ? {} : { channel }),
});

/** A fulfilment of the same lines by the same location is the same: what really became of it becomes of it in the fork. */
const sameIds = ({ assignments }: DecisionRecord, made: DecisionRecord): ReadonlyMap<string, string> => {
  const real = new Map(assignments.map(({ fulfillmentId, ...one }) => [JSON.stringify([one.location, one.lines]), fulfillmentId]));
  return new Map(
    made.assignments.map(({ fulfillmentId, ...one }) => [
      fulfillmentId,
      real.get(JSON.stringify([one.location, one.lines])) ?? fulfillmentId,
    ]),
  );
};

const named = (event: BrokeringEvent, ids: ReadonlyMap<string, string>): BrokeringEvent => {
  const idOf = (id: string): string => ids.get(id) ?? id;
  if (event.type === 'OrderBrokered')
    return {
      ...event,
      data: { ...event.data, assignments: event.data.assignments.map((one) => ({ ...one, fulfillmentId: idOf(one.fulfillmentId) })) },
    };
  if (event.type === 'FulfillmentBrokered') return { ...event, data: { ...event.data, fulfillmentId: idOf(event.data.fulfillmentId) } };
  return event;
};

const occasionOf = (
  { cause, shipGroup, request: { attempt, preferred, only, arrivedAt } }: DecisionRecord,
  lines: readonly LineQuantity[],
): Occasion => ({
  ...{ cause, shipGroup, lines, attempt },
  ...(preferred === undefined ? {} : { preferred }),
  ...(only === undefined ? {} : { only }),
  ...(arrivedAt === undefined ? {} : { arrivedAt }),
});

/** Whoever asks again in vain is told nothing new. */
const isInVain = (order: ForkedOrder, { cause, assignments, because }: DecisionRecord): boolean =>
  isForked(order) && asksAgain.includes(cause) && assignments.length === 0 && !(cause === 'stock-arrived' && because === 'no-capacity');

/** The decision that the fork makes where one was really made: its record and what follows, or nothing where it has nothing to broker, or asked in vain. */
export const decideInFork = (order: ForkedOrder, record: DecisionRecord, { rules, factsFor }: ForkKnows): readonly BrokeringEvent[] => {
  const lines = order.fork?.closed === undefined ? linesInFork(order, record) : [];
  if (lines.length === 0) return [];
  const events = decideOn(asFound(order.fork, record), evidenceOf(record, rules, factsFor(lines)), occasionOf(record, lines));
  const made = recordIn(events);
  if (!made || isInVain(order, made)) return [];
  const ids = sameIds(record, made);
  return events.map((event) => named(event, ids));
};

export const recordIn = (events: readonly BrokeringEvent[]): DecisionRecord | undefined =>
  events.flatMap((event) => (event.type === 'OrderBrokered' ? [event.data] : []))[0];

const comesTo = ({ request, assignments, unfilled, because, askAgainAt }: DecisionRecord): string =>
  JSON.stringify([
    request.lines,
    assignments.map(({ fulfillmentId, location }) => [fulfillmentId, location]),
    unfilled,
    because,
    askAgainAt,
  ]);

/** Whether it came to the same. */
export const isSame = (record: DecisionRecord, made: DecisionRecord | undefined): boolean =>
  made !== undefined && comesTo(record) === comesTo(made);

/** Units that are cancelled: off whatever the fork alone has on its way, else of what waits. */
const withdrawn = (fork: Brokered, real: Brokering, { lines, ...data }: Withdrawal): Brokering => {
  let open = lines;
  const fulfillments = new Map(fork.fulfillments);
  for (const one of standing(fork)) {
    if (real?.fulfillments.has(one.fulfillmentId)) continue;
    const { found, rest } = divided(one.lines, open);
    open = without(open, found);
    if (found.length > 0) fulfillments.set(one.fulfillmentId, { ...one, lines: rest, status: rest.length > 0 ? one.status : 'cancelled' });
  }
  const left = { ...fork, fulfillments };
  return open.length > 0 ? evolve(left, { type: 'FulfillmentCancelled', data: { ...data, lines: open } }) : left;
};

type Withdrawal = Omit<EventData<'FulfillmentCancelled'>, 'fulfillmentId' | 'location'>;

const isThere = (fork: Brokering, fulfillmentId: string | undefined): boolean =>
  fulfillmentId !== undefined && fork !== undefined && fork.fulfillments.has(fulfillmentId);

/** What becomes of a fulfilment that there is not in the fork, and of which nothing ships: nothing of it ships in the fork either. */
const withdrawalIn = (event: BrokeringEvent, { real, fork }: ForkedOrder): Withdrawal | undefined => {
  if (event.type === 'FulfillmentCancelled' && !isThere(fork, event.data.fulfillmentId)) {
    const { fulfillmentId: _f, location: _l, ...data } = event.data;
    return data;
  }
  const isOver = event.type === 'FulfillmentRejected' && real?.closed !== undefined && !isThere(fork, event.data.fulfillmentId);
  if (!isOver) return undefined;
  const { orderId, lines, reason, rejectedAt: cancelledAt } = event.data;
  return { orderId, lines, reason, cancellationId: '', cancelledAt };
};

/** Those of the lines that wait to be reserved in the fork as well. */
const waitingOf = (fork: Brokering, { shipGroup, lines }: EventData<'LinesHeld'>): readonly LineQuantity[] =>
  divided(fork?.unfilled.filter(({ shipGroupId }) => shipGroupId === shipGroup.shipGroupId) ?? [], lines).found;

/** Lines that wait from now on: those of them that do not go, or wait, in the fork already. */
const waitInFork = (order: ForkedOrder, event: Extract<BrokeringEvent, { type: 'LinesHeld' | 'LinesUnreserved' }>): Brokering => {
  const isReserved = event.type === 'LinesHeld' && event.data.waited;
  const lines = isReserved ? waitingOf(order.fork, event.data) : openInFork(order, event.data.lines);
  if (lines.length === 0) return order.fork;
  return event.type === 'LinesHeld'
    ? evolve(order.fork, { ...event, data: { ...event.data, lines } })
    : evolve(order.fork, { ...event, data: { ...event.data, lines } });
};

/** What really happened, as it happens in a fork that is not the same any more. */
export const hearInFork = (order: ForkedOrder, event: BrokeringEvent): Brokering => {
  const { real, fork } = order;
  if (event.type === 'OrderBrokered' || event.type === 'FulfillmentBrokered') return fork;
  if (event.type === 'LinesHeld' || event.type === 'LinesUnreserved') return waitInFork(order, event);
  const withdrawal = withdrawalIn(event, order);
  return withdrawal && fork ? withdrawn(fork, real, withdrawal) : evolve(fork, event);
};

/** Lines of a ship group that wait in the fork, and that nobody had enough of, or room for. */
export const waitingInFork = (order: ForkedOrder, shipGroupId: string): readonly LineQuantity[] => {
  const { fork } = order;
  return isForked(order) && fork && fork.closed === undefined ? merged(unfilledOf(fork, shipGroupId, forStockOf(fork.unfilled))) : [];
};
