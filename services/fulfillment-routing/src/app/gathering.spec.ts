import { manualClock } from '@cartage/eventsourcing';
import { gathering } from './gathering';

const gathered = (most = 10) => {
  const clock = manualClock();
  const batches: (readonly number[])[] = [];
  const ask = gathering(
    async (items: readonly number[]) => {
      batches.push(items);
      return items.map((n) => (n < 0 ? { ok: false, error: new Error('below nothing') } : { ok: true, value: n * 2 }));
    },
    { clock, windowMs: 500, most },
  );
  return { clock, batches, ask };
};

it('takes together what comes within the window of the first, and answers each', async () => {
  const { clock, batches, ask } = gathered();
  const first = ask(1);
  await clock.advance(300);
  const second = ask(2);
  expect(batches).toEqual([]);
  await clock.advance(200);
  expect(await Promise.all([first, second])).toEqual([2, 4]);
  const third = ask(3);
  await clock.advance(500);
  expect([await third, batches]).toEqual([6, [[1, 2], [3]]]);
});

it('waits no longer once it is full', async () => {
  const { clock, batches, ask } = gathered(2);
  expect(await Promise.all([ask(1), ask(2)])).toEqual([2, 4]);
  const third = ask(3);
  await clock.advance(500);
  expect([await third, batches, clock.waiting()]).toEqual([6, [[1, 2], [3]], 0]);
});

it('fails nobody for the fault of another, and everybody for a fault of all', async () => {
  const { clock, ask } = gathered();
  const both = Promise.allSettled([ask(-1), ask(1)]);
  await clock.advance(500);
  expect(await both).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 2 }]);
  const broken = gathering(() => Promise.reject(new Error('away')), { clock, windowMs: 500, most: 9 });
  const asked = Promise.allSettled([broken(1), broken(2)]);
  await clock.advance(500);
  expect(await asked).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
});
