import type { StoredEvent } from '@cartage/eventsourcing';

interface Known {
  readonly events: readonly StoredEvent[];
  readonly size: number;
}

const NOTHING: readonly StoredEvent[] = [];

/**
 * The streams that were read or written last, so that a command does not read an aggregate's whole history again for every step of its life. Events never
 * change and streams only grow, so what is kept is always a true prefix; whoever uses it reads the rest from the log. Bounded by bytes
 * of text (several times as many as objects of this process); the one unused for longest goes first.
 */
export class RecentStreams {
  private readonly streams = new Map<string, Known>();
  private total = 0;

  constructor(private readonly mostBytes = 8_000_000) {}

  /** The first events of a stream, as many as are known. */
  eventsOf(stream: string): readonly StoredEvent[] {
    const known = this.streams.get(stream);
    if (!known) return NOTHING;
    this.streams.delete(stream);
    this.streams.set(stream, known);
    return known.events;
  }

  /** Keeps what was read of a stream: all of it, of which `added` bytes are new. */
  keep(stream: string, events: readonly StoredEvent[], added: number): void {
    const before = this.streams.get(stream);
    if (before && before.events.length >= events.length) return;
    this.put(stream, { events, size: (before?.size ?? 0) + added }, before);
  }

  /** Learns of an event that was seen in the log; of use only if it goes on where the known events end. */
  learn(event: StoredEvent, size: number): void {
    const before = this.streams.get(event.stream);
    if ((before?.events.length ?? 0) !== event.version - 1) return;
    this.put(event.stream, { events: [...(before?.events ?? []), event], size: (before?.size ?? 0) + size }, before);
  }

  private put(stream: string, known: Known, before: Known | undefined): void {
    this.streams.delete(stream);
    this.streams.set(stream, known);
    this.total += known.size - (before?.size ?? 0);
    for (const [oldest, { size }] of this.streams) {
      if (this.total <= this.mostBytes) break;
      this.streams.delete(oldest);
      this.total -= size;
    }
  }
}
