import type { Clock } from '@cartage/eventsourcing';
import { id, linesOf, rules } from '../../domain/brokering.fixture';
import { Past } from '../../domain/past.fixture';
import { policyOf } from '../../domain/policy';
import { ForkPlayer, type ForkPlayerNeeds } from './fork-player';
import type { ForkTable } from './fork-table';
import { askedFork, forkTableContract, MemoryForkTable } from './fork-table.fixture';
import { saidBy, type DemandTable, type SaidWithin } from '../expected-demand';
import { sourcing } from '../sourcing';
import type { PastLog } from './past-log';

describe('forks in memory', () => forkTableContract(() => new MemoryForkTable()));

const never = new AbortController().signal;
const past = new Past([{ stock: [5, 5] }, { stock: [5, 5] }], rules);
past.confirm(linesOf(['MUG', 1]));
past.confirm(linesOf(['TEE', 1]));

const nothing = async (): Promise<void> => undefined;

/** Each event by itself; `then` is done after the first. */
const logOf = (then: () => Promise<unknown> = async () => undefined, of: Past = past): PastLog => ({
  decisionsIn: async () => 2,
  eventsIn: async function* () {
    for (const event of of.log) {
      yield [event];
      await then();
    }
  },
  before: async () => [],
});

/** Time that goes on by itself while somebody pauses, and when it is told to. */
class Time implements Clock {
  private at = Date.parse('2026-11-25T11:00:00.000Z');
  readonly now = (): Date => new Date(this.at);
  readonly pause = async (ms: number): Promise<void> => this.pass(ms);

  pass(ms: number): void {
    this.at += ms;
  }
}

const playing = (over: Partial<ForkPlayerNeeds> = {}) => {
  const [table, clock, troubles]: [ForkTable, Time, unknown[]] = [new MemoryForkTable(), new Time(), []];
  const needs: ForkPlayerNeeds = {
    ...{ table, clock, log: logOf(), limitMs: 60_000, mostDecisions: 9 },
    places: async () => past.known(),
    policyOf: async (version) => ({ rules: policyOf(rules), version: `routing@${version}` }),
    pastDecisions: async function* () {
      yield [];
    },
    demand: { perDay: async () => new Map() },
    source: sourcing({ solve: async () => undefined }, nothing),
    onTrouble: (error) => troubles.push(error),
    ...over,
  };
  return {
    table,
    clock,
    troubles,
    player: new ForkPlayer(needs),
    again: (more: Partial<ForkPlayerNeeds>) => new ForkPlayer({ ...needs, ...more }),
  };
};

describe('a player of forks', () => {
  it('plays one after the other, and says when there is none', async () => {
    const { table, player } = playing();
    const { terms } = askedFork(1);
    await table.ask(askedFork(1));
    await table.ask(askedFork(2, { terms: { ...terms, rules: '2', closed: ['L0'] } }));
    expect([await player.next(never), await player.next(never), await player.next(never)]).toEqual([true, true, false]);
    expect(await table.find(id(1))).toMatchObject({ status: 'done', result: { same: 2, before: { orders: 2 }, now: { orders: 2 } } });
    expect(await table.find(id(2))).toMatchObject({ status: 'done', result: { same: 0, now: { fulfillments: 2 } } });
    expect(await table.days(id(2), undefined, 9)).toMatchObject([
      { location: 'L0', now: 0 },
      { location: 'L1', now: 2 },
    ]);
  });

  it('plays the same past without looking ahead and with it: what it has units for is found from what had come by then', async () => {
    // The near one has the only tees, and one mug; whoever wants both is served by it alone, while it has that mug.
    const rates = [{ from: ['L0'], amount: 300 }, { amount: 400 }];
    const sourcing = { method: 'look-ahead', decides: false, horizonDays: 14, unfilledCost: 5_000 } as const;
    const weights = { distance: 0, coverage: 0, headroom: 0, split: 0, cost: 100, preference: 0 };
    const by = { ...rules, maxSplit: 2, weights, sourcing, cost: { currency: 'GBP', halfCost: 500, handling: {}, rates } };
    const both = linesOf(['MUG', 1], ['TEE', 1]);
    const [before, short] = [
      new Past([{ stock: [31, 120] }, { stock: [90, 0] }], by),
      new Past([{ stock: [1, 90] }, { stock: [90, 0] }], by),
    ];
    for (let n = 0; n < 30; n += 1) {
      before.confirm(both);
      before.allocate(n);
    }
    short.confirm(linesOf(['MUG', 1]));
    short.allocate(0);
    short.confirm(both);
    const earlier = before.log.flatMap(({ type, data }) =>
      type === 'OrderBrokered' ? [{ ...data, brokeredAt: '2026-11-22T10:00:00.000Z' }] : [],
    );
    const asked: SaidWithin[] = [];
    const perDay: DemandTable['perDay'] = async (skus, within) => {
      expect(skus.toSorted()).toEqual(['MUG', 'TEE']);
      asked.push(within);
      return new Map();
    };
    const { table, player } = playing({
      ...{ demand: { perDay }, log: logOf(nothing, short), places: async () => short.known(), mostDecisions: 99 },
      policyOf: async (version) => ({ rules: policyOf(by), version: `routing@${version}` }),
      pastDecisions: async function* () {
        yield earlier;
      },
    });
    const { terms } = askedFork(1);
    for (const [n, learned] of ([[], ['look-ahead']] as const).entries())
      await table.ask(askedFork(n + 1, { terms: { ...terms, rules: '2', learned } }));
    while (await player.next(never));
    const found = await Promise.all([1, 2].map(async (n) => (await table.find(id(n)))?.result?.now));
    expect(found).toMatchObject([
      { orders: 2, fulfillments: 3, split: 1, costs: [{ currency: 'GBP', amount: 1_000 }] },
      { orders: 2, fulfillments: 2, split: 0, costs: [{ currency: 'GBP', amount: 700 }] },
    ]);
    // By the one that looks ahead, what inventory had said by the time of its first event.
    expect(asked).toEqual([saidBy(short.log[0]?.recordedAt ?? '')]);
  });

  it('says what would have been the best, where that is asked for', async () => {
    const cost = { currency: 'GBP', halfCost: 500, handling: {}, rates: [{ upToKm: 9_000, amount: 400 }] };
    const { table, player } = playing({ policyOf: async () => ({ rules: { ...policyOf(rules), cost }, version: 'routing@2' }) });
    await table.ask(askedFork(1, { terms: { ...askedFork(1).terms, rules: '2', hindsightMinutes: 10 } }));
    await player.next(never);
    const done = { unfilled: 0, fulfillments: 2, cost: 800 };
    const hindsight = { minutes: 10, currency: 'GBP', batches: 1, exact: 0, orders: 2, now: done, best: done };
    expect(await table.find(id(1))).toMatchObject({ status: 'done', result: { hindsight } });
  });

  it('gives up what takes too long, and what is too large, and says so', async () => {
    const { table, clock, again, troubles } = playing();
    const slow = again({ log: logOf(async () => clock.pass(60_000)) });
    await table.ask(askedFork(1));
    await table.ask(askedFork(2));
    await slow.next(never);
    await again({ mostDecisions: 1 }).next(never);
    expect(await table.find(id(1))).toMatchObject({ status: 'failed', failure: { code: 'FORK_TOO_SLOW' } });
    expect(await table.find(id(2))).toMatchObject({ status: 'failed', failure: { code: 'FORK_TOO_LARGE' } });
    expect(troubles).toEqual([]);
  });

  it('leaves what is dropped meanwhile, or what another has taken over', async () => {
    const { table, clock, again } = playing();
    await table.ask(askedFork(1));
    await again({ log: logOf(async () => void (clock.pass(10_000), await table.drop(id(1)))) }).next(never);
    expect(await table.find(id(1))).toBeUndefined();
    await table.ask(askedFork(2));
    const taken = async () => void (clock.pass(61_000), await table.claim(clock.now(), new Date(clock.now().getTime() + 1)));
    await again({ limitMs: 1e9, log: logOf(taken) }).next(never);
    expect(await table.find(id(2))).toMatchObject({ status: 'running', result: null });
  });

  it('comes to the same when it begins again after its player died', async () => {
    const { table, clock, player, again } = playing();
    for (const n of [1, 2]) await table.ask(askedFork(n));
    const stopping = new AbortController();
    await again({ log: logOf(async () => stopping.abort()) }).next(stopping.signal);
    expect(await table.find(id(1))).toMatchObject({ status: 'running' });
    clock.pass(61_000);
    await player.next(never);
    await player.next(never);
    const [first, second] = [await table.find(id(1)), await table.find(id(2))];
    expect(first?.result).toEqual(second?.result);
    expect(await table.orders(id(1), { changed: false, after: undefined, limit: 9 })).toEqual(
      await table.orders(id(2), { changed: false, after: undefined, limit: 9 }),
    );
  });

  it('plays no more what has killed its player three times, and tells of a fault of ours without its words', async () => {
    const { table, clock, player, again, troubles } = playing();
    await table.ask(askedFork(1));
    for (let death = 0; death < 3; death += 1) {
      await table.claim(clock.now(), new Date(clock.now().getTime() + 60_000));
      clock.pass(61_000);
    }
    await player.next(never);
    expect(await table.find(id(1))).toMatchObject({ status: 'failed', failure: { code: 'FORK_FATAL' } });
    await table.ask(askedFork(2));
    const broken = {
      ...logOf(),
      eventsIn: () => {
        throw new TypeError('secret');
      },
    };
    await again({ log: broken }).next(never);
    expect(await table.find(id(2))).toMatchObject({ status: 'failed', failure: { code: 'FORK_FAILED', detail: 'TypeError' } });
    expect(troubles).toHaveLength(1);
  });
});
