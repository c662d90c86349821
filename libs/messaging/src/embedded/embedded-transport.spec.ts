import { memoryStore } from '@cartage/eventsourcing';
import pino from 'pino';
import { memoryCheckpoints } from '../checkpoint';
import { publication } from '../fixture';
import { MemoryDeadLetters } from '../memory-dead-letters';
import { transportContract } from '../transport.contract';
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
