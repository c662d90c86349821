import type { Preview } from '../../order/asking/asking';
import { eachOf, moneyIn, wouldChange } from './bulk';

const preview = (money: Preview['effect']['money'], events = 1): Preview => ({
  preview: true,
  repeated: false,
  asks: [],
  events: Array.from({ length: events }, () => ({ published: true, subject: 'order-1', type: 'OrderHeld' })),
  effect: { money, stock: [], promises: [] },
});

describe('the same asked of many', () => {
  it('is done for each, in their order, a few at a time; the fault of one keeps no other from being done', async () => {
    let atOnce = 0;
    let most = 0;
    const counts: number[] = [];
    const ended = await eachOf(
      [1, 2, 3, 4, 5, 6, 7],
      async (n) => {
        most = Math.max(most, (atOnce += 1));
        await Promise.resolve();
        atOnce -= 1;
        if (n === 3) throw new Error('three');
        return n * 10;
      },
      { signal: new AbortController().signal, onEnd: (count) => counts.push(count) },
    );
    expect(ended.map(({ item, result }) => [item, result])).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => [n, n === 3 ? undefined : n * 10]));
    expect(ended[2]?.fault).toEqual(new Error('three'));
    expect(most).toBe(4);
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('goes no further once it is left', async () => {
    const leaving = new AbortController();
    const work = (n: number): Promise<number> => (leaving.abort(), Promise.resolve(n));
    const ended = await eachOf([1, 2, 3, 4, 5, 6], work, { signal: leaving.signal, onEnd: () => undefined });
    expect(ended.map(({ item }) => item)).toEqual([1]);
  });
});

describe('what it would do', () => {
  it('adds money up by kind, and never one currency to another', () => {
    const sums = moneyIn([
      ['GBP', preview([{ kind: 'refunded', amount: 100 }])],
      ['GBP', preview([{ kind: 'refunded', amount: 50 }])],
      ['USD', preview([{ kind: 'refunded', amount: 7, currency: 'EUR' }])],
    ]);
    expect(sums).toEqual([
      { kind: 'refunded', currency: 'GBP', amount: 150 },
      { kind: 'refunded', currency: 'EUR', amount: 7 },
    ]);
  });

  it('is nothing where no event would come, or where it is refused', () => {
    expect(
      [
        { item: 1, result: [preview([], 0)] },
        { item: 1, fault: new Error() },
        { item: 1, result: [preview([])] },
      ].map(wouldChange),
    ).toEqual([false, false, true]);
  });
});
