import { fold, type Decider, type Named } from './decider';
import { Refused } from './refused';

/** What a decider's spec says about one command, given a past. */
export interface Then<Event extends Named> {
  /** Exactly these facts follow, compared whole. */
  then(...events: readonly Event[]): void;
  /** Exactly these facts follow, and saying it again adds nothing: for every command that Kafka or a webhook may bring twice. */
  thenOnce(...events: readonly Event[]): void;
  thenNothing(): void;
  thenRefused(code: string): void;
}

export interface Given<Command extends Named, Event extends Named> {
  when(command: Command): Then<Event>;
}

/** Given / when / then for one decider, on Jest's `expect`. */
export const specFor = <Command extends Named, State, Event extends Named>(
  decider: Decider<Command, State, Event>,
): { given(...past: readonly Event[]): Given<Command, Event> } => ({
  given: (...past) => ({
    when: (command) => {
      const before = fold(decider, past);
      const then = (...events: readonly Event[]): void => expect(decider.decide(command, before)).toEqual(events);
      return {
        then,
        thenOnce: (...events) => {
          then(...events);
          expect(decider.decide(command, fold(decider, events, before))).toEqual([]);
        },
        thenNothing: () => then(),
        thenRefused: (code) => expect(refusalOf(() => decider.decide(command, before))).toBe(code),
      };
    },
  }),
});

const refusalOf = (decide: () => unknown): string => {
  try {
    return `no refusal, but ${JSON.stringify(decide())}`;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
};
