import { memoryStore } from '@cartage/eventsourcing';
import pino from 'pino';
import { causeOf, memoryDeadLetters } from '../dead-letters';
import { memoryPositions } from '../positions';
import { publication } from '../telling.contract';
import { transportContract } from '../transport.contract';
import { embeddedTransport } from './embedded-transport';
import { LogReader } from './log-reader';

const log = pino({ level: 'silent' });
const store = memoryStore();
const positions = memoryPositions();
const deadLetters = memoryDeadLetters();
const reader = new LogReader({ store, publication, log });

transportContract('straight off the log', () => ({
  store,
  open: (retry) => embeddedTransport({ sources: new Map([[reader.topic, reader]]), positions, deadLetters, retry, log }),
  buried: async () =>
    deadLetters.letters.map(({ group, envelope, error, attempts }) => ({
      group,
      eventId: envelope.id,
      error: causeOf(error).message,
      attempts,
    })),
}));
