import type { PromisePolicy } from '../../domain/promising/policies';
import { promiseShelf, type PromiseRecords } from './promise-shelf';

const policy = (revision: number): PromisePolicy => ({
  ...{ code: 'standard', revision, by: 'anna', changedAt: '2026-11-23T10:00:00.000Z' },
  terms: { timeZone: 'Europe/London', cutOff: '14:00', processingDays: 1, transitDays: { least: 1, most: 2 }, active: true },
});
const sale = { channel: 'web' };

/** Tables that count how often they are read, and a clock that stands until it is moved. */
const shelfOf = (...first: readonly PromisePolicy[]) => {
  let [policies, ms, reads, asked, fails] = [first, 0, 0, 0, false];
  const records: PromiseRecords = {
    edition: () => {
      asked += 1;
      return fails ? Promise.reject(new Error('The database is away.')) : Promise.resolve(String(policies.length));
    },
    entries: () => {
      reads += 1;
      return Promise.resolve({ policies, calendars: [], places: [] });
    },
  };
  const shelf = promiseShelf({ records, now: () => new Date(ms), forMs: 2_000 });
  return {
    shelf,
    after: (passed: number) => (ms += passed),
    elsewhere: (...more: readonly PromisePolicy[]) => (policies = [...policies, ...more]),
    away: (is: boolean) => (fails = is),
    counted: () => ({ asked, reads }),
    revision: async () => (await shelf.current()).policyFor(sale)?.revision,
  };
};

describe('the book of promises in memory', () => {
  it('is read once for all who ask, and again only when something has changed', async () => {
    const { shelf, after, elsewhere, counted, revision } = shelfOf(policy(1));
    await Promise.all([shelf.current(), shelf.current(), shelf.current()]);
    expect(counted()).toEqual({ asked: 1, reads: 1 });
    after(2_000);
    expect(await revision()).toBe(1);
    expect(counted()).toEqual({ asked: 2, reads: 1 });
    elsewhere(policy(2));
    expect(await revision()).toBe(1);
    after(2_000);
    expect(await revision()).toBe(2);
    expect(counted()).toEqual({ asked: 3, reads: 2 });
  });

  it('has at once what was changed in this process, and never goes back to what tables say that are behind', async () => {
    const { shelf, after, revision } = shelfOf(policy(1));
    expect(await revision()).toBe(1);
    shelf.policyChanged(policy(2));
    expect(await revision()).toBe(2);
    after(2_000);
    expect(await revision()).toBe(2);
  });

  it('answers at once with what it knows, and learns meanwhile', async () => {
    const { shelf, after, elsewhere } = shelfOf(policy(1));
    await shelf.current();
    elsewhere(policy(2));
    after(2_000);
    expect(shelf.latest().policyFor(sale)?.revision).toBe(1);
    await shelf.current();
    expect(shelf.latest().policyFor(sale)?.revision).toBe(2);
  });

  it('holds while its tables cannot be read, for what is decided at once; who needs it new hears of it', async () => {
    const { shelf, after, away, elsewhere, revision } = shelfOf(policy(1));
    await shelf.current();
    away(true);
    elsewhere(policy(2));
    after(2_000);
    expect(shelf.latest().policyFor(sale)?.revision).toBe(1);
    await expect(shelf.current()).rejects.toThrow('The database is away.');
    away(false);
    expect(await revision()).toBe(2);
  });
});
