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
