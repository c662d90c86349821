import type { Clock, Meta, Settled } from '@cartage/eventsourcing';
import {
  batchProblem,
  betterOf,
  comparable,
  gapOf,
  oneByOne,
  withPlan,
  type BatchMember,
  type FoundPlan,
  type PlannedMember,
} from '../domain/batch';
import type { Given } from '../domain/commands';
import { requestOf } from '../domain/deciding';
import type { SourcingProblem } from '../domain/sourcing';
import { beginningOf } from '../domain/state';
import { gathering } from './gathering';
import type { ReadBrokering } from './reading';
import type { HandledBrokering, SendToOrder } from './sending';
import type { Sourced } from './sourcing';

/** How orders are decided together. */
export interface Batching {
  /** As long as an order may wait for others. */
  readonly windowMs: number;
  readonly clock: Clock;
  readonly source: (problem: SourcingProblem) => Promise<Sourced>;
  /** It could not be looked for: each order is decided alone. */
  readonly onTrouble: (error: unknown) => void;
}

interface Needs {
  readonly read: ReadBrokering;
  readonly newId: () => string;
}

/** An order that is to be brokered, once it is known what it needs. */
export interface Confirmed {
  readonly known: () => Promise<Given<'BrokerOrder'>>;
  readonly meta: Meta;
}

/** So many orders at the most are decided together: whoever comes then waits for others. */
const MOST_ORDERS = 250;

interface Gathered {
  readonly order: Given<'BrokerOrder'>;
  readonly meta: Meta;
  /** One for each of its groups. */
  readonly members: readonly BatchMember[];
}

/**
 * Orders that come within a window, decided together. Nothing of that is written before it is decided: whoever told of an order waits for it, and tells again if the process
 * dies. Each order claims its capacity, and is written, for itself: who loses a race is decided anew, alone, on what the others leave.
 */
export const brokeringTogether = (
  needs: Needs,
  send: SendToOrder,
  batching: Batching,
): ((confirmed: Confirmed) => Promise<HandledBrokering>) =>
  gathering<Confirmed, HandledBrokering>(
    async (batch) => {
      const gathered = await Promise.all(batch.map((one) => settled(gatheredFrom(needs, one))));
      const members = gathered.flatMap((one) => (one.ok ? one.value.members : []));
      const decided = await decidedTogether(needs, members, batching);
      return Promise.all(gathered.map(async (one) => (one.ok ? settled(sent(send, one.value, decided)) : one)));
    },
    { clock: batching.clock, windowMs: batching.windowMs, most: MOST_ORDERS },
  );

const settled = <Result>(asked: Promise<Result>): Promise<Settled<Result>> =>
  asked.then(
    (value): Settled<Result> => ({ ok: true, value }),
    (error: unknown): Settled<Result> => ({ ok: false, error }),
  );

/** What is known when the window ends. */
const gatheredFrom = async ({ read }: Needs, { known, meta }: Confirmed): Promise<Gathered> => {
  const order = await known();
  const { orderId, priority, channel, groups } = order;
  const before = (await read(orderId)).state ?? beginningOf({ orderId, priority });
  const now = { ...before, priority, ...(channel === undefined ? {} : { channel }) };
  const members = groups.map(({ shipGroup, lines, evidence }) => {
    const request = requestOf(now, { cause: 'confirmed', attempt: 1, shipGroup, lines });
    return { orderId, request, evidence };
  });
  return { order, meta, members };
};

type Decided = ReadonlyMap<BatchMember, PlannedMember>;

/** Nothing where there is nobody to decide it with. */
const decidedTogether = async ({ newId }: Needs, members: readonly BatchMember[], batching: Batching): Promise<Decided> => {
  const planned = comparable(members);
  if (planned.length < 2) return new Map();
  const problem = batchProblem(planned);
  const found = await foundFor(problem, batching);
  if (!found) return new Map();
  const best = betterOf(problem, found, oneByOne(planned));
  const gap = gapOf(problem, best);
  const batch = { batchId: newId(), size: planned.length, method: best.method, ...(gap === undefined ? {} : { gap }), plan: best.plan };
  return withPlan(members, planned, batch);
};

const foundFor = async (problem: SourcingProblem, { source, onTrouble }: Batching): Promise<FoundPlan | undefined> => {
  try {
    const { plan, isOptimal } = await source(problem);
    return { plan, method: isOptimal ? 'exact' : 'heuristic' };
  } catch (error) {
    onTrouble(error);
    return undefined;
  }
};

const sent = (send: SendToOrder, { order, meta, members }: Gathered, decided: Decided): Promise<HandledBrokering> => {
  const groups = order.groups.map((group, i) => {
    const member = members[i];
    return { ...group, evidence: (member && decided.get(member)?.evidence) ?? group.evidence };
  });
  const taken = members.slice(0, 1).flatMap((member) => decided.get(member)?.taken ?? []);
  return send(order.orderId, { type: 'BrokerOrder', data: { ...order, groups } }, meta, taken);
};
