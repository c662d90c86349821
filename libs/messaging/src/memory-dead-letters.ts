import { Refused, systemClock, type Clock } from '@cartage/eventsourcing';
import {
  causeOf,
  CLAIM_BYTES,
  CLAIM_MS,
  earlyPause,
  type DeadLetterDesk,
  type DeadLetters,
  type DeadLetterState,
  type Failure,
  type Front,
  type Letter,
  type LetterFilter,
  type ListedLetter,
  type StoredLetter,
} from './dead-letter';

type Kept = Omit<StoredLetter, 'behind'> & { readonly due: number; readonly isInHand: boolean };

const isFirst = ({ state }: Kept): boolean => state === 'dead' || state === 'retrying';

/** Those from the first on that are given at once. */
const fitting = (letters: readonly Kept[]): readonly Kept[] => {
  let bytes = 0;
  return letters.filter(({ record: { value } }) => {
    const before = bytes;
    bytes += value?.length ?? 0;
    return before < CLAIM_BYTES;
  });
};

const listed = ({ record: _, stack: __, ...letter }: StoredLetter): ListedLetter => letter;

/** Dead letters in memory: for tests, and the reference of what they promise. */
export class MemoryDeadLetters implements DeadLetters, DeadLetterDesk {
  private readonly letters = new Map<string, Kept>();
  private last = 0;

  constructor(private readonly clock: Clock = systemClock) {}

  async blocked(group: string): Promise<ReadonlyMap<string, Front>> {
    const firsts = this.all().filter((each) => each.group === group && isFirst(each));
    return new Map(firsts.map(({ key, state, storedAt }) => [key, { state: state as Front['state'], since: storedAt }]));
  }

  async bury(letter: Letter, failure: Failure): Promise<void> {
    this.add(letter, 'dead', failure);
  }

  async postpone(letter: Letter, failure: Failure): Promise<void> {
    this.add(letter, 'retrying', failure);
  }

  async queue(letter: Letter): Promise<boolean> {
    if (this.ofKey(letter).length === 0) return false;
    this.add(letter, 'waiting');
    return true;
  }

  async claim(group: string, limit: number): Promise<readonly StoredLetter[]> {
    const now = this.time();
    const due = this.all().filter((each) => each.group === group && each.state === 'retrying' && each.due <= now);
    const claimed = fitting(due.toSorted((a, b) => a.due - b.due).slice(0, limit));
    return claimed.map((each) => this.shown(this.put({ ...each, due: now + CLAIM_MS, isInHand: true })));
  }

  async taken(id: string): Promise<void> {
    const letter = this.letters.get(id);
    this.letters.delete(id);
    if (letter) this.promote(letter);
  }

  async failed(id: string, { error, attempts }: Failure): Promise<void> {
    const letter = this.letters.get(id);
    if (letter?.state !== 'retrying') return;
    const { message, stack } = causeOf(error);
    this.put({ ...letter, state: 'dead', error: message, stack, attempts: letter.attempts + attempts, changedAt: this.now() });
  }

  async early(id: string, { error }: Failure): Promise<void> {
    const letter = this.letters.get(id);
    if (letter?.state !== 'retrying') return;
    const now = this.time();
    const due = now + earlyPause(now - Date.parse(letter.storedAt));
    this.put({ ...letter, error: causeOf(error).message, due, isInHand: false });
  }

  async hasten(group: string, key: string): Promise<void> {
    const [first] = this.ofKey({ group, key });
    if (first?.state === 'retrying' && !first.isInHand) this.put({ ...first, due: Math.min(first.due, this.time()) });
  }

  async list({ group, state, after = '0', limit }: LetterFilter): Promise<readonly ListedLetter[]> {
    const found = this.all().filter(
      (each) =>
        (group === undefined || each.group === group) && (state === undefined || each.state === state) && Number(each.id) > Number(after),
    );
    return found.slice(0, limit).map((each) => listed(this.shown(each)));
  }

  async find(id: string): Promise<StoredLetter> {
    const letter = this.letters.get(id);
    if (!letter) throw new Refused('DEAD_LETTER_UNKNOWN', `There is no dead letter ${id}.`, 'unknown');
    return this.shown(letter);
  }

  async send(id: string): Promise<StoredLetter> {
    const { state } = await this.find(id);
    if (state === 'waiting') throw new Refused('DEAD_LETTER_WAITING', 'It waits behind another one of its key.');
    if (state === 'dropped') throw new Refused('DEAD_LETTER_DROPPED', 'It was dropped.');
    const letter = this.letters.get(id);
    if (letter && state === 'dead') this.retry(letter);
    return this.find(id);
  }

  async drop(id: string, reason: string): Promise<StoredLetter> {
    const { state } = await this.find(id);
    if (state === 'dropped') throw new Refused('DEAD_LETTER_DROPPED', 'It was dropped before.');
    const letter = this.letters.get(id);
    if (letter) this.promote(this.put({ ...letter, state: 'dropped', reason, changedAt: this.now() }));
    return this.find(id);
  }

  private add(letter: Letter, state: DeadLetterState, failure?: Failure): void {
    if (this.all().some(({ group, eventId }) => group === letter.group && eventId === letter.eventId)) return;
    this.last += 1;
    const { message, stack } = failure ? causeOf(failure.error) : { message: '', stack: '' };
    const kept = this.ofKey(letter).length > 0 ? 'waiting' : state;
    const [id, now] = [String(this.last), this.now()];
    const about = { error: message, stack, attempts: failure?.attempts ?? 0, storedAt: now, changedAt: now };
    this.put({ ...letter, ...about, id, state: kept, due: this.time() + earlyPause(0), isInHand: false });
  }

  private promote({ group, key }: Kept): void {
    const [first] = this.ofKey({ group, key });
    if (first?.state === 'waiting') this.retry(first);
  }

  private retry(letter: Kept): void {
    this.put({ ...letter, state: 'retrying', due: this.time(), isInHand: false, changedAt: this.now() });
  }

  private ofKey({ group, key }: Pick<Letter, 'group' | 'key'>): readonly Kept[] {
    return this.all().filter((each) => each.group === group && each.key === key && each.state !== 'dropped');
  }

  private shown(letter: Kept): StoredLetter {
    const { due: _, ...shown } = letter;
    return { ...shown, behind: isFirst(letter) ? this.ofKey(letter).filter(({ state }) => state === 'waiting').length : 0 };
  }

  private all(): readonly Kept[] {
    return [...this.letters.values()];
  }

  private put(letter: Kept): Kept {
    this.letters.set(letter.id, letter);
    return letter;
  }

  private time(): number {
    return this.clock.now().getTime();
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}
