import { isError, Refused, type Clock } from '@cartage/eventsourcing';
import type { DecisionRecord } from '../../domain/events';
import { Fork } from '../../domain/fork';
import { ForkSums } from '../../domain/fork-outcome';
import type { ForkTerms } from '../../domain/fork-terms';
import type { KnownPlace } from '../../domain/known-network';
import { DAY_MS, MOST_ORDERS, PAST_DAYS } from '../../domain/expected-orders';
import { ForkPrices } from '../../domain/fork-prices';
import { withLookAhead } from '../../domain/look-ahead';
import type { RoutingPolicy } from '../../domain/policy';
import { saidBy, type DemandTable } from '../expected-demand';
import type { RoutingRuleBook } from '../routing-rules';
import type { ForkAnswer, ForkInHand, ForkTable } from './fork-table';
import { HindsightSearch, type SourceBatch } from './hindsight-search';
import { orderIdOf, type PastLog } from './past-log';

interface Policy {
  readonly rules: RoutingPolicy;
  readonly version: string;
}

export interface ForkPlayerNeeds {
  readonly table: ForkTable;
  readonly log: PastLog;
  /** All locations as they are known now. */
  readonly places: () => Promise<ReadonlyMap<string, KnownPlace>>;
  readonly policyOf: (version: string) => Promise<Policy>;
  /** First decisions of orders in this time, the newest first. */
  readonly pastDecisions: RoutingRuleBook['pastDecisions'];
  /** What inventory had said that it expects. */
  readonly demand: Pick<DemandTable, 'perDay'>;
  readonly source: SourceBatch;
  readonly clock: Clock;
  /** As long as one may take. */
  readonly limitMs: number;
  /** At most so many decisions are made again. */
  readonly mostDecisions: number;
  readonly onTrouble: (error: unknown) => void;
}

/** Whoever has not said anything for so long is dead. */
const HOLD_MS = 60_000;
/** Says so often how far it is. */
const SAY_MS = HOLD_MS / 10;
/** Between batches live orders have their turn. */
const PAUSE_MS = 5;
/** So many orders are added up between two turns of others. */
const ADDED_AT_ONCE = 100;
/** Whoever has killed its player so often is not played again. */
const MOST_ATTEMPTS = 3;

/** Gives others their turn; and is called after each batch of what happened. */
interface Turns {
  readonly turn: () => Promise<void>;
  /** Before each event: what had been said by then. */
  readonly expect: (at: string) => Promise<void>;
  readonly each: () => Promise<void>;
}

interface Forked {
  readonly fork: Fork;
  readonly search: HindsightSearch | undefined;
  /** Where it looks ahead. */
  readonly prices: ForkPrices | undefined;
}

/** Somebody dropped it, or took it over. */
class NotOurs extends Error {}

/** Plays forks one after the other, those too whose player died: what it plays hangs on the log alone, so it begins again and comes to the same. */
export class ForkPlayer {
  constructor(private readonly needs: ForkPlayerNeeds) {}

  /** The next one; false when there is none. */
  async next(signal: AbortSignal): Promise<boolean> {
    const { table, clock } = this.needs;
    const fork = await table.claim(clock.now(), this.held());
    if (!fork) return false;
    await this.played(fork, signal).catch((error: unknown) => this.failed(fork, error, signal));
    return true;
  }

  private held(): Date {
    return new Date(this.needs.clock.now().getTime() + HOLD_MS);
  }

  private async played(inHand: ForkInHand, signal: AbortSignal): Promise<void> {
    if (inHand.attempt > MOST_ATTEMPTS) throw new Refused('FORK_FATAL', `Whoever played it died, ${MOST_ATTEMPTS} times.`);
    const { fork, search, prices } = await this.forked(inHand);
    const turn = this.turnOf(inHand, fork, signal);
    const expect = async (at: string): Promise<void> => {
      if (prices?.isDue(at)) prices.expect(await this.needs.demand.perDay(prices.skus(), saidBy(at)));
    };
    const turns = { turn, expect, each: async () => search?.look(turn) };
    await this.hear(inHand, fork, turns, signal);
    fork.finish();
    await search?.look(turn);
    const { same, before, now, days } = await summed(fork, turn);
    const result = { same, before, now, ...(search ? { hindsight: search.totals } : {}) };
    await this.needs.table.finish(inHand, { result, orders: fork.outcomes(), days }, this.needs.clock.now());
  }

  private async forked({ terms }: ForkInHand): Promise<Forked> {
    const [places, policy] = await Promise.all([this.needs.places(), this.policyOf(terms)]);
    const earlier = terms.learned ? await this.before(terms) : [];
    const prices = policy && terms.learned?.includes('look-ahead') ? new ForkPrices(policy, earlier) : undefined;
    const search = this.searchOf(terms, policy);
    const needs = { terms, places, earlier, ...(policy ? { policy } : {}), ...(prices ? { prices } : {}) };
    return { fork: new Fork({ ...needs, ...(search ? { hindsight: search.hindsight } : {}) }), search, prices };
  }

  private async policyOf({ rules: version, learned }: ForkTerms): Promise<Policy | undefined> {
    if (version === undefined) return undefined;
    const policy = await this.needs.policyOf(version);
    return learned ? { ...policy, rules: withLookAhead(policy.rules, learned.includes('look-ahead')) } : policy;
  }

  /** What had come before the fork begins, the oldest first. */
  private async before({ from: to }: ForkTerms): Promise<readonly DecisionRecord[]> {
    const from = new Date(Date.parse(to) - PAST_DAYS * DAY_MS).toISOString();
    const records: DecisionRecord[] = [];
    for await (const some of this.needs.pastDecisions({ from, to, limit: MOST_ORDERS })) records.push(...some);
    return records.toSorted((a, b) => (a.brokeredAt < b.brokeredAt ? -1 : 1));
  }

  private searchOf({ hindsightMinutes: minutes }: ForkTerms, policy: Policy | undefined): HindsightSearch | undefined {
    const cost = policy?.rules.cost;
    if (minutes === undefined || !policy || !cost) return undefined;
    return new HindsightSearch(minutes, { cost }, this.needs.source);
  }

  /** Between two pieces of work: says how far it is, gives others their turn, and gives up what takes too long. */
  private turnOf(inHand: ForkInHand, fork: Fork, signal: AbortSignal): () => Promise<void> {
    const { table, clock, limitMs } = this.needs;
    const deadline = clock.now().getTime() + limitMs;
    let saidAt = 0;
    return async () => {
      this.requireSmall(fork);
      const now = clock.now().getTime();
      if (now >= deadline) throw new Refused('FORK_TOO_SLOW', `It took longer than ${limitMs / 60_000} minute(s): ask for a shorter time.`);
      if (now - saidAt >= SAY_MS) {
        if (!(await table.advance(inHand, fork.decisions, this.held()))) throw new NotOurs();
        saidAt = now;
      }
      await clock.pause(PAUSE_MS, signal);
      if (signal.aborted) throw new NotOurs();
    };
  }

  private async hear({ terms }: ForkInHand, fork: Fork, { turn, expect, each }: Turns, signal: AbortSignal): Promise<void> {
    const { log } = this.needs;
    for await (const events of log.eventsIn(terms, signal)) {
      for (const event of events) {
        await expect(event.recordedAt);
        for (const _round of fork.lookAhead(event.recordedAt)) await turn();
        const orderId = orderIdOf(event);
        if (!fork.knows(orderId)) fork.begin(orderId, await log.before(event));
        fork.hear(orderId, event);
      }
      await each();
      await turn();
    }
    if (signal.aborted) throw new NotOurs();
  }

  private requireSmall({ decisions }: Fork): void {
    const { mostDecisions } = this.needs;
    if (decisions > mostDecisions)
      throw new Refused('FORK_TOO_LARGE', `There are more than ${mostDecisions} decisions: ask for a shorter time.`);
  }

  /** What is stopped with the service is played by whoever finds it; what was dropped is nobody's any more. */
  private async failed(fork: ForkInHand, error: unknown, signal: AbortSignal): Promise<void> {
    if (error instanceof NotOurs || signal.aborted) return;
    if (!(error instanceof Refused)) this.needs.onTrouble(error);
    const failure = error instanceof Refused ? { code: error.code, detail: error.message } : { code: 'FORK_FAILED', detail: textOf(error) };
    await this.needs.table.fail(fork, failure, this.needs.clock.now());
  }
}

const summed = async (
  fork: Fork,
  turn: () => Promise<void>,
): Promise<Pick<ForkSums, 'same' | 'before' | 'now'> & Pick<ForkAnswer, 'days'>> => {
  const sums = new ForkSums();
  let added = 0;
  for (const outcome of fork.outcomes()) {
    sums.add(outcome);
    added += 1;
    if (added % ADDED_AT_ONCE === 0) await turn();
  }
  const { same, before, now } = sums;
  return { same, before, now, days: sums.dayUses((location) => fork.capacityOf(location)) };
};

const textOf = (error: unknown): string => (isError(error) ? error.name : 'Unknown fault');
