import type { Settled } from './coalescing';
import { fold, type Decider, type Named } from './decider';
import type { EventMeta, Meta, NewEvent, StoredEvent, Write } from './event-store';
import { factsOf, NOTHING_CHANGED } from './nothing-changed';
import type { Position } from './position';
import { Previewed } from './previewed';
import { keyReused, staleVersion } from './refused';
import type { FoldedStream } from './stream-cache';

/** What a command did. A repeat answers with the state, version, position and events of the first time. */
export interface Handled<State, Event extends Named> {
  readonly state: State;
  /** How it stands now, for whoever has to go on from here: after a repeat, others may have gone on already. */
  readonly current: State;
  /** The version of the last fact. */
  readonly version: number;
  /** Empty for a stream that does not exist. */
  readonly position: Position;
  readonly events: readonly Event[];
  readonly repeated: boolean;
}

/** One command for one stream, waiting for its answer. */
export interface Ask<Command> {
  readonly stream: string;
  readonly command: Command;
  readonly meta: Meta;
  readonly ifVersion: number | undefined;
}

/** No value: it must be decided again, on what others wrote meanwhile. */
export type Answer<State, Event extends Named> = Settled<Handled<State, Event> | undefined>;

export interface Planner<Event extends Named> {
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
  readonly subjectOf: (event: Event) => string | undefined;
}

/** What was decided; where it stands in the log is known for repeats only. */
interface Decided<State, Event extends Named> extends Omit<Handled<State, Event>, 'position' | 'current'> {
  readonly position?: Position;
}
type Decision<State, Event extends Named> = Settled<Decided<State, Event> | undefined>;

const AGAIN = { ok: true, value: undefined } as const;

/**
 * What the asks of one stream come to: the single write that makes them so, and their answers once it is known where it landed. Each is
 * decided on what the ones before it would have written.
 */
export class Plan<Command extends Named, State, Event extends Named> {
  private readonly expected: number;
  private state: State;
  private version: number;
  private factVersion: number;
  private readonly sequences: Map<string | undefined, number>;
  private readonly events: NewEvent[] = [];
  private readonly written: Meta[] = [];
  private readonly unchanged: string[] = [];
  private readonly decisions: Decision<State, Event>[] = [];
  private firm = true;

  /** `history` is the whole stream, where it had to be read. */
  constructor(
    private readonly planner: Planner<Event>,
    private readonly decider: Decider<Command, State, Event>,
    readonly folded: FoldedStream<State, Event>,
    private readonly history: readonly StoredEvent<Event>[] = [],
  ) {
    this.state = folded.state;
    this.version = this.expected = folded.version;
    this.factVersion = folded.factVersion;
    this.sequences = new Map(folded.sequences);
  }

  /** Decides all of them, in order. */
  decide(asks: readonly Ask<Command>[]): this {
    asks.forEach((ask, i) => this.decisions.push(this.decisionOn(ask, asks, i)));
    return this;
  }

  get writes(): boolean {
    return this.events.length > 0;
  }

  /** Whether its answers hold even if what it was decided on is old: because they do not depend on it, or because the append would conflict. */
  get holds(): boolean {
    return this.firm || this.writes;
  }

  /** Ends the preview of its only ask: with what it would write, or with the refusal. */
  preview(): Write {
    const [decision] = this.decisions;
    if (decision && !decision.ok) throw decision.error;
    if (!this.writes) throw new Previewed([], decision?.value?.repeated ?? false);
    return this.write();
  }

  write(): Write {
    const carried = [...this.folded.unchanged, ...this.unchanged];
    const last = this.events.at(-1);
    const events = last && carried.length > 0 ? this.events.with(-1, { ...last, meta: { ...last.meta, unchanged: carried } }) : this.events;
    return { stream: this.folded.stream, expected: this.expected, events };
  }

  /** The answers, now that what it writes stands there, or nothing had to be written. */
  landed(position: Position = this.folded.position): readonly Answer<State, Event>[] {
    this.folded.remember(this.unchanged);
    if (this.writes) {
      const { state, version, factVersion, sequences } = this;
      this.folded.appended({ state, version, factVersion, sequences, position }, this.written);
    }
    return this.decisions.map((decision) => {
      if (!decision.ok || !decision.value) return decision as Answer<State, Event>;
      const { state, version, events, repeated } = decision.value;
      const current = repeated ? this.state : state;
      return { ok: true, value: { state, current, version, position: decision.value.position ?? position, events, repeated } };
    });
  }

  /** The answers after a lost race: refusals too were decided on what is no longer so. */
  lost(): readonly Answer<State, Event>[] {
    this.folded.behind = true;
    return this.decisions.map(() => AGAIN);
  }

  private decisionOn(ask: Ask<Command>, asks: readonly Ask<Command>[], i: number): Decision<State, Event> {
    const { commandId } = ask.meta;
    try {
      const mate = i === 0 ? -1 : asks.findIndex(({ meta }) => meta.commandId === commandId);
      if (mate >= 0 && mate < i) return this.repeatOfMate(ask.meta, (asks[mate] as Ask<Command>).meta, mate);
      if (this.folded.commands.has(commandId)) return this.repeat(ask.meta);
      if (this.folded.unchanged.includes(commandId)) return this.asItStands([], true);
      this.requireVersion(ask.ifVersion);
      return this.carryOut(this.decider.decide(ask.command, this.state), ask.meta);
    } catch (error) {
      this.firm = false;
      return { ok: false, error };
    }
  }

  /** What only remembers a request makes nobody's version stale. */
  private requireVersion(wanted: number | undefined): void {
    if (wanted === undefined || (wanted >= this.factVersion && wanted <= this.version)) return;
    throw staleVersion(`This is at version ${this.factVersion}`, wanted);
  }

  private carryOut(events: readonly Event[], meta: Meta): Decision<State, Event> {
    for (const event of events) {
      this.state = this.decider.evolve(this.state, event);
      this.append(event, this.planner.isPublic(event.type) ? this.numbered(event, meta) : meta);
    }
    if (events.length === 0) this.leave(meta);
    else {
      this.written.push(meta);
      this.factVersion = this.version;
    }
    return this.asItStands(events, false);
  }

  /** A client may send its request again at any time, so that it must stand in the stream; what was heard is carried by the next event. */
  private leave(meta: Meta): void {
    if (meta.fingerprint === undefined) {
      this.unchanged.push(meta.commandId);
      this.firm = false;
      return;
    }
    this.append({ type: NOTHING_CHANGED, data: {} }, meta);
    this.written.push(meta);
  }

  private append({ type, data }: Named, meta: EventMeta): void {
    this.version += 1;
    this.events.push({ type, data, id: this.planner.newId(), meta });
  }

  private numbered(event: Event, meta: Meta): EventMeta {
    const subject = this.planner.subjectOf(event);
    const sequence = (this.sequences.get(subject) ?? 0) + 1;
    this.sequences.set(subject, sequence);
    return subject === undefined ? { ...meta, sequence } : { ...meta, subject, sequence };
  }

  private asItStands(events: readonly Event[], repeated: boolean): Decision<State, Event> {
    return { ok: true, value: { state: this.state, version: this.factVersion, events, repeated } };
  }

  private repeatOfMate(meta: Meta, first: Meta, at: number): Decision<State, Event> {
    requireSame(meta, first.fingerprint);
    const decision = this.decisions[at] as Decision<State, Event>;
    return decision.ok && decision.value ? { ok: true, value: { ...decision.value, repeated: true } } : decision;
  }

  private repeat(meta: Meta): Decision<State, Event> {
    const { commandId } = meta;
    requireSame(meta, this.folded.commands.get(commandId));
    const own = this.history.filter((event) => event.meta.commandId === commandId);
    const last = own.at(-1) ?? this.history.find((event) => event.meta.unchanged?.includes(commandId));
    if (!last) return AGAIN;
    const facts = factsOf(this.history.slice(0, last.version));
    const version = facts.at(-1)?.version ?? 0;
    return {
      ok: true,
      value: { state: fold(this.decider, facts), version, position: last.position, events: factsOf(own), repeated: true },
    };
  }
}

/** Makes sure that it is the same request as the first time. */
const requireSame = ({ fingerprint }: Meta, first: string | undefined): void => {
  if (first !== undefined && fingerprint !== undefined && first !== fingerprint) throw keyReused();
};
