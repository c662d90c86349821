import { coalescing, Overloaded, type CoalescingOptions } from './coalescing';
import { manualClock } from './manual-clock';

/** A batcher over a database that answers when it is told to. */
const setUp = (options: CoalescingOptions = {}) => {
  const clock = manualClock();
  const batches: (readonly number[])[] = [];
  const answers: (() => void)[] = [];
  const ask = coalescing<number, number>(
    async (items) => {
      batches.push(items);
      await new Promise<void>((resolve) => answers.push(resolve));
      return items.map((value) => (value < 0 ? { ok: false, error: new Error(`no ${value}`) } : { ok: true, value }));
    },
    { clock, ...options },
  );
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await clock.advance(0);
  };
  return { clock, batches, ask, answer };
};

describe('a batcher', () => {
  it('sends a lone call at once, and gathers the others while it is in flight', async () => {
    const { clock, batches, ask, answer } = setUp();
    const all = [ask(1)];
    await clock.advance(0);
    all.push(ask(2), ask(3));
    await clock.advance(0);
    expect(batches).toEqual([[1]]);
    await answer();
    await answer();
    expect(batches).toEqual([[1], [2, 3]]);
    expect(await Promise.all(all)).toEqual([1, 2, 3]);
  });

  it('answers each item for itself', async () => {
    const { clock, ask, answer } = setUp();
    const all = Promise.allSettled([ask(1), ask(-1)]);
    await clock.advance(0);
    await answer();
    expect(await all).toMatchObject([{ value: 1 }, { reason: { message: 'no -1' } }]);
  });

  it('turns away whoever comes when too many wait, and goes on with the others', async () => {
    const { clock, ask, answer } = setUp({ maxWaiting: 2 });
    const first = ask(1);
    await clock.advance(0);
    const waiting = [ask(2), ask(3)];
    await expect(ask(4)).rejects.toBeInstanceOf(Overloaded);
    await answer();
    await answer();
    expect(await Promise.all([first, ...waiting])).toEqual([1, 2, 3]);
  });

  it('turns away whoever was not begun in time behind a database that hangs, and begins it never', async () => {
    const { clock, batches, ask, answer } = setUp({ deadlineMs: 1_000 });
    const first = ask(1);
    await clock.advance(0);
    const second = ask(2);
    await clock.advance(600);
    const third = ask(3);
    const late = expect(second).rejects.toBeInstanceOf(Overloaded);
    await clock.advance(400);
    await late;
    await answer();
    await answer();
    expect(await Promise.all([first, third])).toEqual([1, 3]);
    expect(batches).toEqual([[1], [3]]);
    expect(clock.waiting()).toBe(0);
  });

  describe('that gathers', () => {
    const gathering = () => setUp({ gather: { ms: 2, below: 3 } });

    it('waits for company after a batch that had some, unless it has enough', async () => {
      const { clock, batches, ask, answer } = gathering();
      const all = [ask(1), ask(2)];
      await clock.advance(0);
      expect(batches).toEqual([[1, 2]]);
      all.push(ask(3));
      await answer();
      expect(batches).toEqual([[1, 2]]);
      all.push(ask(4));
      await clock.advance(2);
      expect(batches).toEqual([
        [1, 2],
        [3, 4],
      ]);
      all.push(ask(5), ask(6), ask(7));
      await answer();
      expect(batches.at(-1)).toEqual([5, 6, 7]);
      await answer();
      expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    });

    it('never lets a lone caller wait, however quickly he asks again', async () => {
      const { clock, batches, ask, answer } = gathering();
      for (const n of [1, 2, 3]) {
        const asked = ask(n);
        await clock.advance(0);
        await answer();
        expect(await asked).toBe(n);
      }
      expect(batches).toEqual([[1], [2], [3]]);
    });

    it('lets whoever has become lonely wait once', async () => {
      const { clock, batches, ask, answer } = gathering();
      const all = [ask(1), ask(2)];
      await clock.advance(0);
      await answer();
      all.push(ask(3));
      await clock.advance(2);
      await answer();
      all.push(ask(4));
      await clock.advance(0);
      expect(batches).toEqual([[1, 2], [3], [4]]);
      await answer();
      expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
    });
  });
});
