import { bell } from './bell';
import { systemClock, type Clock } from './clock';
import {
  LogRewound,
  type EventStore,
  type FollowOptions,
  type Head,
  type NewEvent,
  type Outcome,
  type ReadRequest,
  type StoredEvent,
  type Stream,
  type Write,
} from './event-store';
import { numberOf, positionOf, START } from './position';
import { refusePreviews } from './previewed';
import { sequenceOf } from './sequence';

/** As every store keeps it: what is no JSON (a date, `undefined`) comes back as JSON would have it. */
const asJson = (event: NewEvent): NewEvent => JSON.parse(JSON.stringify({ ...event, data: event.data ?? null })) as NewEvent;

/** The events, and what each stream has of them. */
class Memory {
  readonly log: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();

  append({ stream, expected, events }: Write, recordedAt: string): Outcome {
    const history = this.streams.get(stream) ?? [];
    if (history.length !== expected || events.length === 0) return { status: 'conflict' };
    for (const event of events) {
      const place = { stream, version: history.length + 1, position: positionOf(this.log.length + 1), recordedAt };
      const stored = { ...asJson(event), ...place };
      history.push(stored);
      this.log.push(stored);
    }
    this.streams.set(stream, history);
    return { status: 'appended', version: history.length, position: positionOf(this.log.length), recordedAt };
  }

  read(request: ReadRequest): Stream {
    const { stream, after } = typeof request === 'string' ? { stream: request, after: 0 } : request;
    const events = this.streams.get(stream) ?? [];
    return { stream, version: events.length, events: events.slice(after) };
  }

  headOf(stream: string): Head {
    const events = this.streams.get(stream) ?? [];
    return { stream, version: events.length, sequence: sequenceOf(events) };
  }
}

/** The port in memory: for tests, and the reference of what the port promises. Nothing survives the process. */
export const memoryStore = ({ now }: Pick<Clock, 'now'> = systemClock): EventStore => {
  const memory = new Memory();
  const news = bell();
  return {
    readMany: async (requests) => requests.map((request) => memory.read(request)),
    heads: async (streams) => streams.map((stream) => memory.headOf(stream)),

    appendMany: async (writes) => {
      refusePreviews(writes);
      const recordedAt = now().toISOString();
      const outcomes = writes.map((write) => memory.append(write, recordedAt));
      news.ring();
      return outcomes;
    },

    async *follow({ from, signal, batchSize = 500 }: FollowOptions) {
      let next = numberOf(from);
      if (next > memory.log.length) throw new LogRewound(`This log ends at ${memory.log.length}, before ${from}.`);
      while (!signal.aborted) {
        const heard = news.rings();
        const batch = memory.log.slice(next, next + batchSize);
        next += batch.length;
        if (batch.length > 0) yield batch;
        else await news.next(heard, signal);
      }
    },

    head: async () => memory.log.at(-1)?.position ?? START,
    traces: {
      find: async (id) => memory.log.find((event) => event.id === id),
      correlated: async ({ correlationId, after = START, limit }) =>
        memory.log
          .slice(numberOf(after))
          .filter(({ meta }) => meta.correlationId === correlationId)
          .slice(0, limit),
    },
  };
};
