import { id } from '../../domain/brokering.fixture';
import { noTotals } from '../../domain/fork-outcome';
import type { DayUse, OrderOutcome } from '../../domain/fork-outcome';
import type { ForkAnswer, ForkInHand, ForkTable, NewFork, StoredFork } from './fork-table';

interface Row {
  stored: StoredFork;
  readonly fingerprint: string;
  attempt: number;
  heldUntil: Date | undefined;
  orders: readonly OrderOutcome[];
  days: readonly DayUse[];
}

const byAge = (a: StoredFork, b: StoredFork): number => (a.askedAt + a.forkId < b.askedAt + b.forkId ? -1 : 1);

/** Forks in memory. */
export class MemoryForkTable implements ForkTable {
  private readonly rows = new Map<string, Row>();

  async ask({ fingerprint, ...fork }: NewFork): Promise<boolean> {
    const stored: StoredFork = { ...fork, status: 'waiting', startedAt: null, endedAt: null, decisions: 0, failure: null, result: null };
    const row = this.rows.get(fork.forkId) ?? { stored, fingerprint, attempt: 0, heldUntil: undefined, orders: [], days: [] };
    this.rows.set(fork.forkId, row);
    return row.fingerprint === fingerprint;
  }

  async unfinished(): Promise<number> {
    return this.open().length;
  }

  async find(forkId: string): Promise<StoredFork | undefined> {
    return this.rows.get(forkId)?.stored;
  }

  async list(after: readonly [string, string] | undefined, limit: number): Promise<readonly StoredFork[]> {
    const all = [...this.rows.values()].map(({ stored }) => stored).sort((a, b) => byAge(b, a));
    return all.filter(({ askedAt, forkId }) => !after || askedAt + forkId < after.join('')).slice(0, limit);
  }

  async orders(forkId: string, { changed, after = '', limit }: Parameters<ForkTable['orders']>[1]): Promise<readonly OrderOutcome[]> {
    const all = this.rows.get(forkId)?.orders ?? [];
    return all.filter((one) => one.orderId > after && !(changed && one.isSame)).slice(0, limit);
  }

  async days(forkId: string, after: readonly [string, string] | undefined, limit: number): Promise<readonly DayUse[]> {
    const all = this.rows.get(forkId)?.days ?? [];
    return all.filter(({ location, day }) => !after || location + day > after.join('')).slice(0, limit);
  }

  async drop(forkId: string): Promise<boolean> {
    return this.rows.delete(forkId);
  }

  async claim(now: Date, until: Date): Promise<ForkInHand | undefined> {
    const free = this.open().filter(({ heldUntil }) => !heldUntil || heldUntil < now);
    const [row] = free.toSorted((a, b) => byAge(a.stored, b.stored));
    if (!row) return undefined;
    row.attempt += 1;
    row.heldUntil = until;
    row.stored = { ...row.stored, status: 'running', startedAt: now.toISOString(), decisions: 0 };
    const { forkId, terms, of } = row.stored;
    return { forkId, terms, of, attempt: row.attempt };
  }

  async advance(fork: ForkInHand, decisions: number, until: Date): Promise<boolean> {
    const row = this.inHand(fork);
    if (!row) return false;
    row.stored = { ...row.stored, decisions };
    row.heldUntil = until;
    return true;
  }

  async finish(fork: ForkInHand, { result, orders, days }: ForkAnswer, at: Date): Promise<void> {
    const row = this.inHand(fork);
    if (!row) return;
    row.stored = { ...row.stored, status: 'done', endedAt: at.toISOString(), result, decisions: row.stored.of };
    row.orders = [...orders];
    row.days = days;
  }

  async fail(fork: ForkInHand, failure: NonNullable<StoredFork['failure']>, at: Date): Promise<void> {
    const row = this.inHand(fork);
    if (row) row.stored = { ...row.stored, status: 'failed', endedAt: at.toISOString(), failure };
  }

  async forget(before: string, limit: number): Promise<number> {
    const over = [...this.rows.values()].filter(({ stored: { endedAt } }) => endedAt !== null && endedAt < before).slice(0, limit);
    for (const { stored } of over) this.rows.delete(stored.forkId);
    return over.length;
  }

  private open(): readonly Row[] {
    return [...this.rows.values()].filter(({ stored }) => stored.endedAt === null);
  }

  private inHand({ forkId, attempt }: ForkInHand): Row | undefined {
    const row = this.rows.get(forkId);
    return row?.attempt === attempt && row.stored.endedAt === null ? row : undefined;
  }
}

const terms = { from: '2026-11-23T00:00:00.000Z', to: '2026-11-24T00:00:00.000Z', capacity: [], stock: [], opened: [], closed: [] };
export const askedFork = (n: number, over: Partial<NewFork> = {}): NewFork => ({
  ...{ forkId: id(n), terms, note: null, by: 'staff-17', askedAt: `2026-11-25T10:00:0${n % 10}.000Z`, of: 7, fingerprint: 'f' },
  ...over,
});
const at = (seconds: number): Date => new Date(Date.parse('2026-11-25T11:00:00.000Z') + seconds * 1_000);
const side = { fulfillments: [], unfilled: 0 };
const outcome = (n: number, isSame: boolean): OrderOutcome => ({ orderId: id(n), isSame, before: side, now: { ...side, unfilled: 1 } });
const answer: ForkAnswer = {
  result: { same: 1, before: noTotals, now: { ...noTotals, costs: [{ currency: 'GBP', amount: 5 }] } },
  orders: [outcome(1, true), outcome(2, false), outcome(3, false)],
  days: [
    { location: 'A', day: '2026-11-23', before: 1, now: 2, capacity: 3 },
    { location: 'B', day: '2026-11-23', before: 1, now: 0 },
  ],
};

const askingContract = (tableOf: () => ForkTable): void => {
  it('keeps a fork once, however often it is asked for, and no other under its id', async () => {
    const table = tableOf();
    expect([await table.ask(askedFork(1)), await table.ask(askedFork(1, { note: 'Again.' }))]).toEqual([true, true]);
    expect(await table.ask(askedFork(1, { fingerprint: 'g' }))).toBe(false);
    expect(await table.find(id(1))).toMatchObject({ status: 'waiting', terms, note: null, of: 7, decisions: 0, result: null });
    expect(await table.unfinished()).toBe(1);
  });

  it('lists the newest first, page by page', async () => {
    const table = tableOf();
    for (const n of [1, 2, 3]) await table.ask(askedFork(n));
    const first = await table.list(undefined, 2);
    expect(first.map(({ forkId }) => forkId)).toEqual([id(3), id(2)]);
    const [, { askedAt, forkId } = { askedAt: '', forkId: '' }] = first;
    expect((await table.list([askedAt, forkId], 2)).map((one) => one.forkId)).toEqual([id(1)]);
  });
};

const playingContract = (tableOf: () => ForkTable): void => {
  it('gives each to one player, the first that was asked for first, and to another once that one is dead', async () => {
    const table = tableOf();
    for (const n of [2, 1]) await table.ask(askedFork(n));
    const first = await table.claim(at(0), at(60));
    expect(first).toMatchObject({ forkId: id(1), attempt: 1, of: 7, terms });
    expect(await table.claim(at(1), at(61))).toMatchObject({ forkId: id(2) });
    expect(await table.claim(at(2), at(62))).toBeUndefined();
    expect(await table.advance(first as ForkInHand, 3, at(63))).toBe(true);
    expect(await table.claim(at(62), at(122))).toMatchObject({ forkId: id(2), attempt: 2 });
    expect(await table.claim(at(64), at(124))).toMatchObject({ forkId: id(1), attempt: 2 });
    expect(await table.advance(first as ForkInHand, 4, at(125))).toBe(false);
    await table.finish(first as ForkInHand, answer, at(65));
    expect(await table.find(id(1))).toMatchObject({ status: 'running', result: null });
  });

  it('shows what it came to, order by order and day by day', async () => {
    const table = tableOf();
    await table.ask(askedFork(1));
    await table.finish((await table.claim(at(0), at(60))) as ForkInHand, answer, at(5));
    expect(await table.find(id(1))).toMatchObject({ status: 'done', endedAt: at(5).toISOString(), decisions: 7, result: answer.result });
    const orders = (changed: boolean, after?: string) => table.orders(id(1), { changed, after, limit: 2 });
    expect(await orders(false)).toEqual([outcome(1, true), outcome(2, false)]);
    expect(await orders(false, id(2))).toEqual([outcome(3, false)]);
    expect(await orders(true)).toEqual([outcome(2, false), outcome(3, false)]);
    expect(await table.days(id(1), undefined, 1)).toEqual(answer.days.slice(0, 1));
    expect(await table.days(id(1), ['A', '2026-11-23'], 9)).toEqual(answer.days.slice(1));
    expect([await table.claim(at(99), at(100)), await table.unfinished()]).toEqual([undefined, 0]);
  });
};

const endingContract = (tableOf: () => ForkTable): void => {
  it('drops one with all that it came to, and forgets those that ended before', async () => {
    const table = tableOf();
    for (const n of [1, 2]) await table.ask(askedFork(n));
    const first = (await table.claim(at(0), at(60))) as ForkInHand;
    expect([await table.drop(id(1)), await table.drop(id(1))]).toEqual([true, false]);
    expect(await table.advance(first, 1, at(60))).toBe(false);
    await table.finish(first, answer, at(5));
    expect(await table.find(id(1))).toBeUndefined();
    await table.fail((await table.claim(at(0), at(60))) as ForkInHand, { code: 'FORK_TOO_SLOW', detail: 'Too slow.' }, at(5));
    expect(await table.forget(at(5).toISOString(), 9)).toBe(0);
    expect(await table.find(id(2))).toMatchObject({ status: 'failed', failure: { code: 'FORK_TOO_SLOW' } });
    expect(await table.forget(at(6).toISOString(), 9)).toBe(1);
    expect(await table.find(id(2))).toBeUndefined();
  });

  it('forgets no more at once than it is asked to, and none that waits', async () => {
    const table = tableOf();
    for (const n of [1, 2, 3, 4]) await table.ask(askedFork(n));
    for (let n = 0; n < 3; n += 1) await table.finish((await table.claim(at(0), at(60))) as ForkInHand, answer, at(5));
    const forgotten: number[] = [];
    for (let n = 0; n < 3; n += 1) forgotten.push(await table.forget(at(6).toISOString(), 2));
    expect(forgotten).toEqual([2, 1, 0]);
    expect((await table.list(undefined, 9)).map(({ forkId }) => forkId)).toEqual([id(4)]);
  });
};

/** What every table of forks promises. */
export const forkTableContract = (tableOf: () => ForkTable): void => {
  askingContract(tableOf);
  playingContract(tableOf);
  endingContract(tableOf);
};
