import type { DeadLetters, StoredLetter } from '../dead-letter';
import type { Work } from '../listener';
import type { Group, Patience } from './group';

export interface RedeliveryNeeds {
  readonly group: Group;
  readonly deadLetters: DeadLetters;
  /** What the group has to do about a stored letter; nothing when it passes it over by now. */
  readonly workFor: (letter: StoredLetter) => Work | undefined;
  /** How often a group with blocked keys looks whether one of them may go on. */
  readonly everyMs?: number;
}

const AT_ONCE = 50;

/** One who waits for a person can be told soon; one who is early is asked again by the pauses of its letter. */
const PATIENCE: Patience = { attempts: 3, earlyMs: 0 };

/**
 * Takes dead letters again, those that a person has sent and those that were early, and what waits behind them, each key in its order. Every
 * process that listens does it for its groups, side by side. It asks for nothing while no key is blocked.
 */
export class Redelivery {
  private running = Promise.resolve();

  constructor(private readonly needs: RedeliveryNeeds) {}

  start(): void {
    this.running = this.run();
  }

  /** Done when what it has in hand is; the group's signal ends it. */
  ended(): Promise<void> {
    return this.running;
  }

  private async run(): Promise<void> {
    const { group, everyMs = 1_000 } = this.needs;
    const { signal, blocked, clock } = group;
    while (!signal.aborted) {
      const rings = blocked.news.rings();
      if (blocked.size === 0) await blocked.news.next(rings, signal);
      else if (!(await this.round())) await clock.pause(everyMs, signal);
    }
  }

  /** Whether there was anything to take. */
  private async round(): Promise<boolean> {
    const { group, deadLetters } = this.needs;
    let claimed: readonly StoredLetter[] = [];
    await group.surely(group.signal, 'look for dead letters', async () => {
      claimed = await deadLetters.claim(group.needs.group, AT_ONCE);
      if (claimed.length === 0) await group.blocked.load();
    });
    await Promise.all(claimed.map((letter) => this.take(letter)));
    return claimed.length > 0;
  }

  private async take(letter: StoredLetter): Promise<void> {
    const { group, workFor } = this.needs;
    const { key } = letter;
    const verdict = await group.attempt({ key, run: workFor(letter) ?? nothing }, PATIENCE, group.signal);
    if (verdict.end === 'stopped') return;
    await group.surely(group.signal, 'say what became of a dead letter', () => this.conclude(letter, verdict));
    const about = { eventId: letter.eventId, type: letter.type, key };
    if (verdict.end === 'taken') group.needs.log.warn(about, 'A stored event was taken.');
    if (verdict.end === 'dead') group.needs.log.error({ ...about, err: verdict.error }, 'A dead letter is dead again.');
  }

  private conclude({ id }: StoredLetter, verdict: Awaited<ReturnType<Group['attempt']>>): Promise<void> {
    const { deadLetters } = this.needs;
    if (verdict.end === 'dead') return deadLetters.failed(id, verdict);
    return verdict.end === 'early' ? deadLetters.early(id, verdict) : deadLetters.taken(id);
  }
}

const nothing: Work = async () => undefined;
