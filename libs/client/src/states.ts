import { stateContracts, type StateOn, type StateTopic } from '@cartage/contracts';
import { Unacceptable, type RawRecord } from '@cartage/messaging/reading';

/** What is now under a key. */
export interface Standing<State> {
  readonly key: string;
  /** Nothing: whom it was about is forgotten, and so is what you keep of it. */
  readonly state: State | undefined;
  /** Grows with every change of the key, with gaps: what comes with a smaller one than you keep is older. Keep it beside the state. */
  readonly sequence: number;
  /** When the event was recorded that changed it last (ISO 8601 UTC). */
  readonly time: string;
}

/** What to do about the states of which topic. May be called again with the same; never with an older one of the key than the one before, except where a process died. */
export type StateHandlers = { readonly [Of in StateTopic]?: (standing: Standing<StateOn<Of>>) => Promise<unknown> };

const textOf = (headers: RawRecord['headers'], name: string): string => {
  const header = headers[name];
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) throw new Unacceptable(`This record is no state of ours: header ${name} is missing.`);
  return text.toString();
};

const versionOf = (topic: StateTopic): number | undefined => stateContracts.find((contract) => contract.topic === topic)?.version;

/** Reads one record of a compacted topic. Throws `Unacceptable` for what is no state, or comes in a version that is not known here. */
export const standingIn = <Of extends StateTopic>(topic: Of, { headers, value }: RawRecord): Standing<StateOn<Of>> => {
  const schema = textOf(headers, 'ce_dataschema');
  if (Number(schema.slice(schema.lastIndexOf(':') + 1)) !== versionOf(topic))
    throw new Unacceptable(`${schema} is not known here: get a newer @cartage/client.`);
  return {
    key: textOf(headers, 'ce_partitionkey'),
    state: value === null ? undefined : (JSON.parse(value.toString()) as StateOn<Of>),
    sequence: Number(textOf(headers, 'ce_sequence')),
    time: textOf(headers, 'ce_time'),
  };
};
