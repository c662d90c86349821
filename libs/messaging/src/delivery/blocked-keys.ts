import { bell } from '@cartage/eventsourcing';
import type { DeadLetters, Front } from '../dead-letter';

/**
 * The keys of a group whose events must be queued behind a dead letter, known without asking. It may say too much, for other processes end
 * letters as well (then `DeadLetters.queue` answers that there is nothing to wait for), but never too little: whoever has a key's events in hand is
 * the only one who stores its first letter, and reads all of them before it begins.
 */
export class BlockedKeys {
  /** Rings when there may be more. */
  readonly news = bell();
  private readonly keys = new Map<string, Front>();

  constructor(
    private readonly group: string,
    private readonly deadLetters: DeadLetters,
  ) {}

  get size(): number {
    return this.keys.size;
  }

  get fronts(): Iterable<Front> {
    return this.keys.values();
  }

  has(key: string): boolean {
    return this.keys.size > 0 && this.keys.has(key);
  }

  /** Its first letter comes again by itself. */
  isEarly(key: string): boolean {
    return this.keys.size > 0 && this.keys.get(key)?.state === 'retrying';
  }

  add(key: string, front: Front): void {
    this.keys.set(key, front);
    this.news.ring();
  }

  delete(key: string): void {
    this.keys.delete(key);
  }

  /** Adds what is stored, and takes out what no longer is: but not what was added meanwhile. */
  async load(): Promise<void> {
    const before = new Map(this.keys);
    const stored = await this.deadLetters.blocked(this.group);
    for (const [key, front] of before) if (!stored.has(key) && this.keys.get(key) === front) this.keys.delete(key);
    for (const [key, front] of stored) if (this.keys.get(key) === before.get(key)) this.keys.set(key, front);
    this.news.ring();
  }
}
