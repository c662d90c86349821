import type { StoredEvent } from '@cartage/eventsourcing';
import type { Most, Sized } from './read';

/** Of so many events that nobody waits for any more the ids are kept. */
const MOST_IDS = 10_000;

/**
 * The newest events of a log, by their numbers, as this process knows them: what it appended itself need not be read back, and what one follower
 * has read the others need not read again. Kept until all have them; bounded by bytes where one lags. What came first goes first, and what is
 * older than that is not kept again.
 */
export class RecentEvents {
  /** The highest number that is known to be in the log. */
  head = 0;
  private readonly kept = new Map<number, Sized>();
  /** Of those that all followers have: enough to see that others stand in their place. */
  private readonly ids = new Map<number, string>();
  private bytes = 0;
  private gone = 0;

  constructor(private readonly mostBytes = 16_000_000) {}

  /** Whether what is known agrees with these events, which stand one after the other in the log from this number on. */
  agrees(first: number, events: readonly Sized[]): boolean {
    return events.every(({ event }, i) => (this.idOf(first + i) ?? event.id) === event.id);
  }

  private idOf(number: number): string | undefined {
    return this.kept.get(number)?.event.id ?? this.ids.get(number);
  }

  keep(first: number, events: readonly Sized[]): void {
    events.forEach((event, i) => this.keepOne(first + i, event));
    this.head = Math.max(this.head, first + events.length - 1);
    for (const [number, oldest] of this.kept) {
      if (this.bytes <= this.mostBytes) break;
      this.drop(number, oldest);
    }
  }

  /** All followers have the events up to this number. */
  passed(number: number): void {
    for (const [oldest, event] of this.kept) {
      if (oldest > number) break;
      this.drop(oldest, event);
      this.ids.set(oldest, event.event.id);
    }
    this.gone = Math.max(this.gone, Math.min(number, this.head));
    for (const oldest of this.ids.keys()) {
      if (this.ids.size <= MOST_IDS) break;
      this.ids.delete(oldest);
    }
  }

  private drop(number: number, { size }: Sized): void {
    this.kept.delete(number);
    this.bytes -= size;
    this.gone = Math.max(this.gone, number);
  }

  private keepOne(number: number, event: Sized): void {
    if (number <= this.gone || this.kept.has(number)) return;
    this.kept.set(number, event);
    this.bytes += event.size;
  }

  /** The events after this number, as far as they are known without a gap. */
  after(number: number, most: Most): readonly StoredEvent[] {
    const events: StoredEvent[] = [];
    let bytes = 0;
    for (let next = this.kept.get(number + 1); next; next = this.kept.get(number + 1 + events.length)) {
      if (events.length === most.events || bytes >= most.bytes) break;
      events.push(next.event);
      bytes += next.size;
    }
    return events;
  }

  /** Nothing is certain any more: the log may have lost its end. */
  forget(): void {
    this.kept.clear();
    this.ids.clear();
    this.bytes = 0;
    this.gone = 0;
    this.head = 0;
  }
}
