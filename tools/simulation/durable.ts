import { memoryDeadlines, memoryStore, type DeadlineQueue, type EventStore } from '@cartage/eventsourcing';
import { memoryCheckpoints, type Checkpoints, type DeadLetterDesk, type DeadLetters } from '@cartage/messaging';
import { MemoryDeadLetters } from '@cartage/messaging';
import type { SimulatedTime } from './time';

/** What a service finds again after a crash. */
export interface Durable {
  readonly store: EventStore | undefined;
  readonly deadlines: DeadlineQueue;
  readonly checkpoints: Checkpoints;
  readonly deadLetters: DeadLetters & DeadLetterDesk;
}

/** The log is in memory, unless rows land with its events: then it is in the database. */
export const durableOf = (time: SimulatedTime, logInMemory: boolean): Durable => {
  const clock = { now: () => new Date(time.now) };
  return {
    store: logInMemory ? memoryStore(clock) : undefined,
    deadlines: memoryDeadlines(),
    checkpoints: memoryCheckpoints(),
    deadLetters: new MemoryDeadLetters({ ...clock, pause: (ms) => time.pause(ms) }),
  };
};
