import { manualClock } from '@cartage/eventsourcing';
import type { Lock, TopicWriter } from '@cartage/messaging';
import { eventually } from '@cartage/testkit';
import pino from 'pino';
import { Publishing } from './publishing';

it('what failed to publish says so until another process has the lock: that one publishes', async () => {
  let turns = 0;
  let standBy = (): void => undefined;
  const lock: Lock = {
    acquire: async (signal, standingBy) => {
      if ((turns += 1) === 1) return { lost: new AbortController().signal, release: async () => undefined };
      standBy = () => standingBy?.();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    },
  };
  const writer = { close: async () => undefined } as unknown as TopicWriter;
  const clock = manualClock('2026-11-28T12:00:00.000Z');
  const publishing = new Publishing({ topics: 'stock.state', writer: () => writer, lock, clock, log: pino({ level: 'silent' }) }, () =>
    Promise.reject(new Error('This server does not host this topic-partition.')),
  );
  await publishing.start();
  await eventually(async () => {
    await clock.advance(100);
    expect(turns).toBe(2);
  });
  expect(publishing.failing).toBe('Nothing is published on stock.state: This server does not host this topic-partition.');
  standBy();
  expect(publishing.failing).toBeUndefined();
  await publishing.stop();
});
