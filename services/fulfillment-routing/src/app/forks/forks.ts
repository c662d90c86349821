import { invalidField, keyReused, Refused, type Meta } from '@cartage/eventsourcing';
import type { DayUse, OrderOutcome } from '../../domain/fork-outcome';
import type { RoutingPolicy } from '../../domain/policy';
import type { ForkTerms } from '../../domain/fork-terms';
import type { ForkTable, StoredFork } from './fork-table';
import type { PastLog } from './past-log';

export interface ForkAsked extends Omit<ForkTerms, 'to'> {
  /** Absent: until now. */
  readonly to?: string;
  readonly note?: string | null;
}

/** Forks of the past: asked for, played by whoever has time, and looked at. Nothing of them is told to anybody, or stands in the log. */
export interface Forks {
  ask(asked: ForkAsked, meta: Meta): Promise<StoredFork>;
  find(forkId: string): Promise<StoredFork>;
  list: ForkTable['list'];
  /** Order by order; `changed`: only those that are otherwise in it. */
  orders(forkId: string, page: Parameters<ForkTable['orders']>[1]): Promise<readonly OrderOutcome[]>;
  days(forkId: string, after: readonly [location: string, day: string] | undefined, limit: number): Promise<readonly DayUse[]>;
  /** Stops it, and throws away what it came to. */
  drop(forkId: string): Promise<void>;
}

export interface ForkNeeds {
  readonly table: ForkTable;
  readonly log: Pick<PastLog, 'decisionsIn'>;
  readonly now: () => Date;
  readonly policyOf: (version: string) => Promise<{ readonly rules: Pick<RoutingPolicy, 'cost' | 'sourcing'> }>;
  readonly mostDays: number;
  readonly mostDecisions: number;
  /** Somebody may play it. */
  readonly asked: () => void;
}

const MOST_UNFINISHED = 20;
const DAY_MS = 86_400_000;

const requireSpan = ({ from, to }: Pick<ForkTerms, 'from' | 'to'>, { mostDays, now }: Pick<ForkNeeds, 'mostDays' | 'now'>): void => {
  if (from >= to) throw invalidField('from', 'FORK_SPAN_INVALID', 'It must lie before `to`, or before now where that is left out.');
  if (to > now().toISOString()) throw invalidField('to', 'FORK_SPAN_INVALID', 'It must not lie ahead: only what was can be played again.');
  if (Date.parse(to) - Date.parse(from) > mostDays * DAY_MS)
    throw invalidField('from', 'FORK_TOO_LONG', `At most ${mostDays} day(s) are played at once: begin later, or end earlier.`);
};

const requireOnce = (field: string, keys: readonly string[]): void => {
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw invalidField(field, 'FORK_OVERRIDE_TWICE', `${twice} stands in it twice: say it once.`);
};

const requireTerms = ({ capacity, stock, opened, closed }: ForkTerms): void => {
  requireOnce(
    'capacity',
    capacity.map(({ location }) => location),
  );
  requireOnce(
    'stock',
    stock.map(({ sku, location }) => `${sku} at ${location}`),
  );
  requireOnce('closed', [...new Set(opened), ...new Set(closed)]);
};

const unknown = (forkId: string): Refused => new Refused('FORK_UNKNOWN', `There is no fork ${forkId}.`, 'unknown');

const decisionsIn = async ({ log, mostDecisions }: ForkNeeds, terms: ForkTerms): Promise<number> => {
  const decisions = await log.decisionsIn(terms, mostDecisions + 1);
  if (decisions > mostDecisions)
    throw invalidField('from', 'FORK_TOO_LARGE', `There are more than ${mostDecisions} decisions in this time: ask for a shorter one.`);
  return decisions;
};

const requireRoom = async ({ table }: ForkNeeds): Promise<void> => {
  if ((await table.unfinished()) >= MOST_UNFINISHED)
    throw new Refused('FORKS_WAITING', `${MOST_UNFINISHED} forks are waiting to be played: drop one, or ask again later.`);
};

const requireLookingAhead = (policy: Awaited<ReturnType<ForkNeeds['policyOf']>> | undefined): void => {
  if (policy?.rules.cost && policy.rules.sourcing) return;
  throw invalidField(
    'learned',
    'FORK_NEEDS_LOOK_AHEAD',
    'With and without looking ahead is played by rules that can: name some in `rules` that have `cost` and `sourcing`, in shadow or not.',
  );
};

/** Rules that there are; with costs, where somebody asks what would have been the cheapest. */
const requireRules = async ({ policyOf }: ForkNeeds, { rules, hindsightMinutes, learned }: ForkTerms): Promise<void> => {
  const policy = rules === undefined ? undefined : await policyOf(rules);
  if (learned !== undefined) requireLookingAhead(policy);
  if (hindsightMinutes !== undefined && !policy?.rules.cost)
    throw invalidField(
      'hindsightMinutes',
      'FORK_NEEDS_COSTS',
      'What would have been the cheapest is asked by rules that have a table of costs: name them in `rules`.',
    );
};

/** That it can be played. A repeat is no new one, however long ago it was asked: it was judged then. How many decisions there are. */
const requirePlayable = async (needs: ForkNeeds, forkId: string, terms: ForkTerms): Promise<number> => {
  const before = await needs.table.find(forkId);
  if (before) return before.of;
  requireSpan(terms, needs);
  requireTerms(terms);
  await requireRules(needs, terms);
  await requireRoom(needs);
  return decisionsIn(needs, terms);
};

export const createForks = (needs: ForkNeeds): Forks => {
  const { table, now } = needs;
  const find = async (forkId: string): Promise<StoredFork> => {
    const found = await table.find(forkId);
    if (!found) throw unknown(forkId);
    return found;
  };
  return {
    ask: async ({ note = null, ...asked }, { commandId: forkId, actor: by, fingerprint = '' }) => {
      const askedAt = now().toISOString();
      const terms = { ...asked, to: asked.to ?? askedAt };
      const of = await requirePlayable(needs, forkId, terms);
      if (!(await table.ask({ forkId, terms, note, by, askedAt, of, fingerprint }))) throw keyReused('fork');
      needs.asked();
      return find(forkId);
    },
    find,
    list: (after, limit) => table.list(after, limit),
    orders: async (forkId, page) => {
      await find(forkId);
      return table.orders(forkId, page);
    },
    days: async (forkId, after, limit) => {
      await find(forkId);
      return table.days(forkId, after, limit);
    },
    drop: async (forkId) => {
      if (!(await table.drop(forkId))) throw unknown(forkId);
    },
  };
};
