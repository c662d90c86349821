import type { Clock, Meta, Settled } from '@cartage/eventsourcing';
import {
  batchProblem,
  betterOf,
  comparable,
  gapOf,
  isOpen,
  oneByOne,
  withPlan,
  type BatchMember,
  type FoundPlan,
  type PlannedMember,
} from '../domain/batch';
import type { BrokeringCommand } from '../domain/commands';
import type { BrokeringEvent } from '../domain/events';
import type { SourcingProblem } from '../domain/sourcing';
import { withoutTaken } from '../domain/taken-units';
import { decidedNow, evidenceIn, withEvidence } from './command-evidence';
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

/** Lines of an order that are to be brokered, for the first time or again, once it is known what they need. */
export interface ToBroker {
  readonly orderId: string;
  readonly known: () => Promise<BrokeringCommand>;
  readonly meta: Meta;
}

/** So many orders at the most are decided together: whoever comes then waits for others. */
const MOST_ORDERS = 250;

interface Member extends BatchMember {
  /** Any location may be given its lines. */
  readonly isOpen: boolean;
}

interface Gathered extends Omit<ToBroker, 'known'> {
  readonly command: BrokeringCommand;
  /** One for each of its decisions. */
  readonly members: readonly Member[];
}

/**
 * Orders that come within a window, decided together. Nothing of that is written before it is decided: whoever told of an order waits for it, and tells again if the process
 * dies. Each order claims its capacity, and is written, for itself: who loses a race is decided anew, alone, on what the others leave.
 */
export const brokeringTogether = (needs: Needs, send: SendToOrder, batching: Batching): ((order: ToBroker) => Promise<HandledBrokering>) =>
  gathering<ToBroker, HandledBrokering>(
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

/** What is known when the window ends, and what would be decided on that alone. */
const gatheredFrom = async ({ read }: Needs, { orderId, known, meta }: ToBroker): Promise<Gathered> => {
  const command = await known();
  const { state } = await read(orderId);
  return { orderId, command, meta, members: decidedNow(command, state).flatMap((event) => memberOf(command, event)) };
};

const memberOf = (command: BrokeringCommand, event: BrokeringEvent): readonly Member[] => {
  if (event.type !== 'OrderBrokered') return [];
  const { orderId, decisionId, request, assignments } = event.data;
  const evidence = evidenceIn(command).find((each) => each.decisionId === decisionId);
  return evidence ? [{ orderId, request, evidence, isOpen: isOpen(request, assignments, evidence) }] : [];
};

type Decided = ReadonlyMap<BatchMember, PlannedMember>;

/** Nothing where there is nobody to decide it with. */
const decidedTogether = async ({ newId }: Needs, members: readonly Member[], batching: Batching): Promise<Decided> => {
  const planned = comparable(members.filter(({ isOpen: may }) => may));
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

const sent = (send: SendToOrder, { orderId, command, meta, members }: Gathered, decided: Decided): Promise<HandledBrokering> => {
  const planned = new Map(members.map((member) => [member.evidence.decisionId, decided.get(member)]));
  const taken = members.slice(0, 1).flatMap((member) => decided.get(member)?.taken ?? []);
  const onWhatIsLeft = withEvidence(command, (known) => planned.get(known.decisionId)?.evidence ?? withoutTaken(known, taken));
  return send(orderId, onWhatIsLeft, meta, taken);
};
