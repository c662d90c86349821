import { memoryStore, Refused } from '@cartage/eventsourcing';
import { eventually } from '@cartage/testkit';
import pino from 'pino';
import { memoryCheckpoints } from '../checkpoint';
import { append, publication, subjectsOf } from '../fixture';
import { MemoryDeadLetters } from '../memory-dead-letters';
import { listening, transportContract } from '../transport.contract';
import { embeddedTransport } from './embedded-transport';
import { LogReader } from './log-reader';

const log = pino({ level: 'silent' });
const store = memoryStore();
const checkpoints = memoryCheckpoints();
const deadLetters = new MemoryDeadLetters();
const reader = new LogReader({ store, publication, log });

transportContract('straight off the log', () => ({
  store,
  desk: deadLetters,
  open: (retry) => embeddedTransport({ sources: new Map([[reader.topic, reader]]), checkpoints, deadLetters, retry, log }),
}));

it('lets a group take what it was early for as soon as another one has taken something of that key', async () => {
  const subjects = subjectsOf(1);
  const day = 86_400_000;
  const retry = { attempts: 3, firstPauseMs: day, longestPauseMs: day, earlyMs: day };
  const transport = embeddedTransport({ sources: new Map([[reader.topic, reader]]), checkpoints, deadLetters, retry, log });
  let tried: () => void = () => undefined;
  const isTried = new Promise<void>((resolve) => (tried = resolve));
  const first = listening(subjects, () => isTried);
  const second = listening(subjects, () => {
    tried();
    if (first.of(subjects[0]).length === 0) throw new Refused('ORDER_UNKNOWN', 'Not yet.', 'unknown');
  });
  await transport.listen(first.listener);
  await transport.listen(second.listener);
  // More than once: the first may be taken before the other group has said that it lacks it.
  await eventually(async () => {
    await append(store, subjects, 1);
    expect(second.of(subjects[0])[0]).toBe(1);
  });
  await transport.close();
});

it('that is closed while a group begins to listen leaves nobody behind who reads the log', async () => {
  const following = jest.spyOn(store, 'follow');
  let loaded: () => void = () => undefined;
  const loading = new Promise<void>((resolve) => (loaded = resolve));
  const slow = { ...checkpoints, load: async (group: string) => (await loading, checkpoints.load(group)) };
  const transport = embeddedTransport({ sources: new Map([[reader.topic, reader]]), checkpoints: slow, deadLetters, log });
  const beginning = transport.listen({ group: 'suite.late', topic: publication.topic, on: {} });
  await transport.close();
  loaded();
  await expect(beginning).rejects.toThrow('a transport that is closed');
  expect(transport.health()).toEqual([]);
  expect(following).not.toHaveBeenCalled();
});
