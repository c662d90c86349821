import type { Settled } from './coalescing';
import type { Decider, Named } from './decider';
import type { Meta, NewEvent, StoredEvent, Stream, Write } from './event-store';
import type { Position } from './position';
import { Refused } from './refused';
import { numbered, sequenceOf } from './sequence';

/** What a command did. A repeat answers with the version, position and events of the first time. */
export interface Handled<State, Event extends Named> {
  readonly state: State;
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

export type Answer<State, Event extends Named> = Settled<Handled<State, Event>>;

/** The single write that would make the asks of one stream so, and their answers once it is known where it landed. */
export interface Plan<State, Event extends Named> {
  readonly write: Write;
  readonly answers: (position: Position) => readonly Answer<State, Event>[];
}

export interface Planner {
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
}

/** Decides the asks of one stream one after the other, each on what the ones before it would have written. */
export const planFor = <Command extends Named, State, Event extends Named>(
  { newId, isPublic }: Planner,
  { initial, evolve, decide }: Decider<Command, State, Event>,
  { stream, version, events: history }: Stream<Event>,
  asks: readonly Ask<Command>[],
): Plan<State, Event> => {
  let state = history.reduce(evolve, initial);
  const number = numbered(sequenceOf(history), isPublic);
  const fresh: NewEvent<Event>[] = [];

  const apply = (events: readonly Event[], meta: Meta): void => {
    for (const event of events) {
      state = evolve(state, event);
      fresh.push({ ...event, id: newId(), meta: number(event.type, meta) });
    }
  };

  const answer = ({ command, meta, ifVersion }: Ask<Command>): ((position: Position) => Answer<State, Event>) => {
    try {
      const before = [...history, ...fresh].filter((event) => event.meta.commandId === meta.commandId);
      if (before.length > 0) return repeat(before, requireSame(before, meta), state, version + fresh.length);
      requireVersion(version + fresh.length, ifVersion);
      const events = decide(command, state);
      apply(events, meta);
      const handled = { state, version: version + fresh.length, events, repeated: false };
      return (position) => ({ ok: true, value: { ...handled, position: position || (history.at(-1)?.position ?? '') } });
    } catch (error) {
      return () => ({ ok: false, error });
    }
  };

  const answers = asks.map(answer);
  return { write: { stream, expected: version, events: fresh }, answers: (position) => answers.map((answered) => answered(position)) };
};

type Known<Event extends Named> = NewEvent<Event> | StoredEvent<Event>;

const requireVersion = (actual: number, wanted: number | undefined): void => {
  if (wanted !== undefined && wanted !== actual)
    throw new Refused(
      'VERSION_MISMATCH',
      `This is at version ${actual}, and the request speaks of version ${wanted}. Read it again and decide anew.`,
      'stale',
    );
};

/** The last event of the first time, after making sure that it was the same request. */
const requireSame = <Event extends Named>(before: readonly Known<Event>[], { commandId, fingerprint }: Meta): Known<Event> | undefined => {
  const first = before[0]?.meta.fingerprint;
  if (first !== undefined && fingerprint !== undefined && first !== fingerprint)
    throw new Refused(
      'IDEMPOTENCY_KEY_REUSED',
      `Idempotency key ${commandId} was used before for another request. Send this one with a key of its own.`,
      'invalid',
    );
  return before.at(-1);
};

const repeat =
  <State, Event extends Named>(events: readonly Known<Event>[], last: Known<Event> | undefined, state: State, version: number) =>
  (position: Position): Answer<State, Event> => {
    const stored = last && 'position' in last ? last : { version, position };
    return { ok: true, value: { state, version: stored.version, position: stored.position, events, repeated: true } };
  };
