import { deciding, evolving, Refused, type Decider, type FieldError, type Named } from '@cartage/eventsourcing';
import { isMessageKind, kindOf, messageKinds, type MessageKind } from './kinds';

export type PreferencesEvent = Named<
  'PreferencesChanged',
  { readonly customerId: string; readonly optedOut: readonly MessageKind[]; readonly changedAt: string }
>;

export type PreferencesCommand = Named<
  'ChangePreferences',
  { readonly customerId: string; readonly optOut: readonly string[]; readonly now: string }
>;

export interface Preferences {
  /** In the order of the alphabet. */
  readonly optedOut: readonly MessageKind[];
}

export const preferencesStream = (customerId: string): string => `preferences-${customerId}`;

const optional = messageKinds.filter((kind) => kindOf(kind).optional);

const faultOf = (kind: string, i: number): readonly FieldError[] => {
  const field = `optOut[${i}]`;
  if (!isMessageKind(kind)) return [{ field, code: 'KIND_UNKNOWN', message: `must be one of ${optional.join(', ')}` }];
  if (kindOf(kind).optional) return [];
  return [{ field, code: 'KIND_REQUIRED', message: `must be one of ${optional.join(', ')}: ${kind} has to be told` }];
};

const kindsIn = (optOut: readonly string[]): readonly MessageKind[] => {
  const errors = optOut.flatMap(faultOf);
  if (errors.length > 0) throw new Refused('PREFERENCES_INVALID', 'Not everything can be done without.', 'invalid', errors);
  return [...new Set(optOut.filter(isMessageKind))].toSorted();
};

/** What one customer does without. */
export const preferences: Decider<PreferencesCommand, Preferences, PreferencesEvent> = {
  initial: { optedOut: [] },
  evolve: evolving<Preferences, PreferencesEvent>({ PreferencesChanged: (_, { optedOut }) => ({ optedOut }) }),
  decide: deciding<PreferencesCommand, Preferences, PreferencesEvent>({
    ChangePreferences: ({ customerId, optOut, now }, state) => {
      const optedOut = kindsIn(optOut);
      if (optedOut.join() === state.optedOut.join()) return [];
      return [{ type: 'PreferencesChanged', data: { customerId, optedOut, changedAt: now } }];
    },
  }),
};
