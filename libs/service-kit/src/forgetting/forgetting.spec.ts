import { systemClock } from '@cartage/eventsourcing';
import pino from 'pino';
import { forgetOld, forgetting } from './forgetting';

const now = (): Date => new Date('2026-11-23T09:00:00.000Z');

it('rows are forgotten that were over so many days ago, a few at a time, until there are no more', async () => {
  const asked: (readonly [string, number])[] = [];
  const left = [500, 500, 20];
  await forgetOld({ what: 'sheets', days: 30, forget: async (...how) => (asked.push(how), left.shift() ?? 0) }, now);
  expect(asked).toEqual(Array.from({ length: 3 }, () => ['2026-10-24T09:00:00.000Z', 500]));
});

it('what cannot be forgotten keeps nothing else from it, and ends with its service', async () => {
  let done: () => void = () => undefined;
  const forgotten = new Promise<void>((resolve) => (done = resolve));
  const things = [
    { what: 'a', days: 1, forget: () => Promise.reject(new Error('gone')) },
    { what: 'b', days: 1, forget: () => Promise.resolve(done()).then(() => 0) },
  ];
  const { start, stop } = forgetting(things, { now, clock: systemClock, log: pino({ level: 'silent' }) });
  await start();
  await forgotten;
  await stop();
});
