import type { Position, StoredEvent } from '@cartage/eventsourcing';

type Read = (position: Position, limit: number) => Promise<readonly StoredEvent[]>;

const BATCHES_KEPT = 4;

/**
 * Lets followers that walk a log side by side share its reading: the same read in flight is made once, and the last few batches are
 * kept. That is safe for ever, because what comes after a position is settled when it is first read. `news` counts what was heard of new
 * events: who heard of one must not be content with a read that began before.
 */
export const readingTogether = (read: Read, news: () => number): Read => {
  const inFlight = new Map<string, Promise<readonly StoredEvent[]>>();
  const recent = new Map<Position, readonly StoredEvent[]>();

  const keep = (position: Position, batch: readonly StoredEvent[]): void => {
    if (batch.length === 0) return;
    recent.delete(position);
    recent.set(position, batch);
    const [oldest] = recent.keys();
    if (recent.size > BATCHES_KEPT && oldest !== undefined) recent.delete(oldest);
  };

  const readAnew = async (position: Position, limit: number, key: string): Promise<readonly StoredEvent[]> => {
    try {
      const batch = await read(position, limit);
      keep(position, batch);
      return batch;
    } finally {
      inFlight.delete(key);
    }
  };

  return (position, limit) => {
    const known = recent.get(position);
    if (known && known.length <= limit) return Promise.resolve(known);
    const key = `${news()}/${position}/${limit}`;
    const reading = inFlight.get(key) ?? readAnew(position, limit, key);
    inFlight.set(key, reading);
    return reading;
  };
};
