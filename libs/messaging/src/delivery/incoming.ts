import type { Envelope, Topic } from '@cartage/contracts';
import type { Logger } from 'pino';
import type { StoredLetter } from '../dead-letter';
import { isHeard, workFor, type AnyListener, type Work } from '../listener';
import { Unacceptable } from '../unacceptable';
import type { TracedMessaging } from '../traced';
import { envelopeIn, recordOf, type RawRecord } from '../record';
import type { Incoming } from './group';

export interface Listening {
  readonly listener: AnyListener;
  readonly log: Logger;
  readonly traced?: TracedMessaging | undefined;
}

/** An event for a listener; nothing if it has nothing to do about it. `record` is how it came, if it came as a record. */
export const incomingOf = ({ listener, log, traced }: Listening, envelope: Envelope, record?: RawRecord): Incoming | undefined => {
  const run = workFor(listener, log, envelope, traced);
  if (!run) return undefined;
  const { group, anyOrder } = listener;
  const { id, type, topic, key } = envelope;
  const letter: Incoming['letter'] = () => ({ group, topic, key, eventId: id, type, record: record ?? recordOf(envelope) });
  return { key, anyOrder, run, letter, bytes: record?.value?.length };
};

/** Where a record of Kafka stands. */
export interface Place {
  readonly topic: Topic;
  readonly partition: number;
  readonly offset: string;
}

/** A record for a listener, readable or not. */
export const incomingRecord = (listening: Listening, place: Place, key: string, record: RawRecord): Incoming | undefined => {
  // Most records are of types that a listener passes over: these are not read at all.
  const type = record.headers['ce_type']?.toString();
  if (type !== undefined && !isHeard(listening.listener, type)) return undefined;
  try {
    return incomingOf(listening, envelopeIn(place.topic, record), record);
  } catch (error) {
    if (!(error instanceof Unacceptable)) throw error;
    const { group } = listening.listener;
    const eventId = `${place.topic}/${place.partition}/${place.offset}`;
    const letter = () => ({ group, topic: place.topic, key, eventId, type: '', record });
    return { key, run: () => Promise.reject(error), letter, bytes: record.value?.length };
  }
};

/** What a listener has to do about a stored letter by now; nothing if it passes it over. */
export const storedWork = ({ listener, log, traced }: Listening, { record }: StoredLetter): Work | undefined => {
  try {
    return workFor(listener, log, envelopeIn(listener.topic, record), traced);
  } catch (error) {
    if (!(error instanceof Unacceptable)) throw error;
    return () => Promise.reject(error);
  }
};
