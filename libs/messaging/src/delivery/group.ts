import { setMaxListeners } from 'node:events';
import { isAway, messageOf, Pauses, Refused, systemClock, type Clock } from '@cartage/eventsourcing';
import type { Logger } from 'pino';
import type { DeadLetters, Failure, Letter } from '../dead-letter';
import type { Work } from '../listener';
import { Unacceptable } from '../unacceptable';
import type { GroupHealth, RetryPolicy } from '../transport';
import { BlockedKeys } from './blocked-keys';
import type { Neighbour, Neighbours } from './neighbours';
import { Outage } from './outage';
import { EarlyKeys, Rests } from './rests';

/** Something that came for a group and that it has to do something about. */
export interface Incoming {
  /** Of one key one runs after the other, in the order in which they came; side by side where the listener takes `anyOrder`. */
  readonly key: string;
  readonly anyOrder?: boolean | undefined;
  /** How large it came; absent where nobody knows. */
  readonly bytes?: number | undefined;
  readonly run: Work;
  /** As it is stored if it cannot be taken. */
  readonly letter: () => Letter;
}

export interface GroupNeeds {
  readonly group: string;
  readonly deadLetters: DeadLetters;
  readonly retry: RetryPolicy;
  readonly log: Logger;
  readonly clock?: Clock;
  /** The groups beside it, if there are any. */
  readonly neighbours?: Neighbours;
}

/** How the tries of one piece of work ended. */
export type Verdict = { readonly end: 'taken' | 'stopped' } | ({ readonly end: 'dead' | 'early' } & Failure);

export type Patience = Pick<RetryPolicy, 'attempts' | 'earlyMs'>;

const TAKEN: Verdict = { end: 'taken' };
const STOPPED: Verdict = { end: 'stopped' };

/** What follows from the failures of one piece of work. */
class Tries {
  private counted = 0;
  private earlySince: number | undefined;

  constructor(
    private readonly patience: Patience,
    private readonly clock: Clock,
    readonly rests: Rests,
  ) {}

  /** Nothing: it is tried again. */
  verdictOn(error: unknown): Verdict | undefined {
    if (isAway(error)) return undefined;
    return isEarly(error) ? this.early(error) : this.fault(error);
  }

  private early(error: unknown): Verdict | undefined {
    const now = this.clock.now().getTime();
    this.earlySince ??= now;
    return now - this.earlySince >= this.patience.earlyMs ? { end: 'early', error, attempts: this.counted } : undefined;
  }

  private fault(error: unknown): Verdict | undefined {
    this.counted += 1;
    const isOver = error instanceof Unacceptable || this.counted >= this.patience.attempts;
    return isOver ? { end: 'dead', error, attempts: this.counted } : undefined;
  }
}

const isEarly = (error: unknown): boolean => error instanceof Refused && error.kind === 'unknown';

/**
 * What one group of this process is through: what it waits for, which of its keys are blocked, and what becomes of an event whose handler fails.
 * Shared by all that brings it events: partitions, a log, the dead letters that are taken again.
 */
export class Group implements Neighbour {
  readonly outage: Outage;
  readonly blocked: BlockedKeys;
  readonly clock: Clock;
  private readonly ending = new AbortController();
  private readonly early = new EarlyKeys();
  private loading: Promise<void> | undefined;

  constructor(readonly needs: GroupNeeds) {
    const { retry, log, clock = systemClock, group, deadLetters } = needs;
    this.clock = clock;
    setMaxListeners(0, this.ending.signal);
    this.outage = new Outage({ retry, clock, log, signal: this.ending.signal });
    this.blocked = new BlockedKeys(group, deadLetters);
    needs.neighbours?.join(this);
  }

  get signal(): AbortSignal {
    return this.ending.signal;
  }

  stop(): void {
    this.needs.neighbours?.leave(this);
    this.ending.abort();
  }

  /** Whoever is early of this key tries at once, and one that is stored has its turn now. */
  arrived(key: string): void {
    this.early.arrived(key);
    if (this.blocked.isEarly(key)) void this.hasten(key);
  }

  /** Before the first event of a log or of partitions that others had: nothing is taken until it is known what is blocked. */
  loadBlocked(): void {
    const loading = this.surely(this.signal, 'read which keys are blocked', () => this.blocked.load()).then(() => {
      if (this.loading === loading) this.loading = undefined;
    });
    this.loading = loading;
  }

  /** Takes it, or stores it durably; false when the signal came before either. */
  async settle(incoming: Incoming, signal: AbortSignal): Promise<boolean> {
    while (this.loading && !signal.aborted) await this.loading;
    if (this.blocked.has(incoming.key) && (await this.queue(incoming, signal))) return true;
    const verdict = await this.attempt(incoming, this.needs.retry, signal);
    if (verdict.end === 'taken') return true;
    return 'error' in verdict && this.store(incoming, verdict, signal);
  }

  /** Tries until it is taken, cannot be, or is early for too long. What is away counts no tries, and is waited for, for ever. */
  async attempt({ key, run }: Pick<Incoming, 'key' | 'run'>, patience: Patience, signal: AbortSignal): Promise<Verdict> {
    let tries: Tries | undefined;
    for (; !signal.aborted; await tries.rests.next(signal)) {
      if (this.outage.now && !(await this.outage.over(signal))) break;
      try {
        await run();
        this.taken(key);
        return TAKEN;
      } catch (error) {
        tries ??= new Tries(patience, this.clock, new Rests(this.pauses()));
        const verdict = this.failed(error, tries, key);
        if (verdict) return verdict;
      }
    }
    this.early.done(key);
    return STOPPED;
  }

  private taken(key: string): void {
    this.outage.ended();
    this.early.done(key);
    this.needs.neighbours?.taken(key, this);
  }

  private failed(error: unknown, tries: Tries, key: string): Verdict | undefined {
    this.noticed(error);
    const verdict = tries.verdictOn(error);
    if (verdict) this.early.done(key);
    else if (isEarly(error)) tries.rests.early(this.early.wait(key));
    return verdict;
  }

  /** Should it fail, the letter comes again by its pauses. */
  private async hasten(key: string): Promise<void> {
    const { deadLetters, group, log } = this.needs;
    await deadLetters.hasten(group, key).catch((error: unknown) => log.debug({ err: error, key }, 'What is early could not be hastened.'));
  }

  health(): Omit<GroupHealth, 'status' | 'group'> {
    const fronts = [...this.blocked.fronts];
    const early = fronts.filter(({ state }) => state === 'retrying').map(({ since }) => since);
    const [earlySince] = early.toSorted();
    return {
      ...(this.outage.now ?? {}),
      deadKeys: fronts.length - early.length,
      earlyKeys: early.length,
      ...(earlySince === undefined ? {} : { earlySince }),
    };
  }

  private noticed(error: unknown): void {
    if (isAway(error)) return this.outage.heard(error);
    this.outage.ended();
    if (!isEarly(error)) this.needs.log.warn({ err: error }, 'An event could not be taken.');
  }

  private async queue({ key, letter }: Incoming, signal: AbortSignal): Promise<boolean> {
    let isQueued = false;
    const done = await this.surely(signal, 'store an event behind a dead letter', async () => {
      isQueued = await this.needs.deadLetters.queue(letter());
    });
    if (done && !isQueued) this.blocked.delete(key);
    return isQueued;
  }

  private async store({ key, letter }: Incoming, verdict: Failure & { readonly end: string }, signal: AbortSignal): Promise<boolean> {
    const { deadLetters, log } = this.needs;
    const about = letter();
    const isDead = verdict.end === 'dead';
    const stored = await this.surely(signal, 'store a dead letter', () =>
      isDead ? deadLetters.bury(about, verdict) : deadLetters.postpone(about, verdict),
    );
    if (!stored) return false;
    this.blocked.add(key, { state: isDead ? 'dead' : 'retrying', since: this.clock.now().toISOString() });
    const facts = { err: verdict.error, eventId: about.eventId, type: about.type, key, attempts: verdict.attempts };
    if (isDead) log.error(facts, 'An event became a dead letter; later events of its key wait behind it.');
    else log.warn(facts, 'An event is early; it is stored with what follows of its key, and taken again by itself.');
    return true;
  }

  /** Does it, however often it takes; false when the signal ended that. What cannot be stored may not get lost. */
  async surely(signal: AbortSignal, what: string, work: () => Promise<unknown>): Promise<boolean> {
    for (const pauses = this.pauses(); !signal.aborted; await pauses.rest(signal)) {
      try {
        await work();
        return true;
      } catch (error) {
        this.needs.log.error({ err: error }, `This group cannot ${what} (${messageOf(error)}); trying again.`);
      }
    }
    return false;
  }

  private pauses(): Pauses {
    const { firstPauseMs, longestPauseMs } = this.needs.retry;
    return new Pauses({ firstMs: firstPauseMs, longestMs: longestPauseMs, clock: this.clock });
  }
}
