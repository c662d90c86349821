import {
  jsonEvent,
  UnsupportedError,
  type EventData,
  type JSONType,
  type MetadataType,
  type RecordedEvent,
} from '@kurrent/kurrentdb-client';
import { positionOf, type EventMeta, type NewEvent, type Position, type StoredEvent } from '@cartage/eventsourcing';

/** Which streams of a KurrentDB make up one log: those whose names begin with its name and a dot. */
export interface Naming {
  readonly prefix: string;
  toKurrent(stream: string): string;
  fromKurrent(stream: string): string;
}

export const namingOf = (log: string): Naming => {
  const prefix = `${log}.`;
  return { prefix, toKurrent: (stream) => `${prefix}${stream}`, fromKurrent: (stream) => stream.slice(prefix.length) };
};

/** What the metadata of an event holds: its meta, and when it was appended, which the answer to an append would not tell. */
type Kept = EventMeta & { readonly recordedAt?: string };

export const proposedOf = ({ id, type, data, meta }: NewEvent, recordedAt: string): EventData =>
  jsonEvent({ id, type, data: (data ?? null) as JSONType, metadata: { ...meta, recordedAt } });

/** Outside explicit transactions, which nobody uses here, an event's commit and prepare position are one. */
export const positionAt = ({ commit }: { readonly commit: bigint }): Position => positionOf(Number(commit));

export const storedOf = (naming: Naming, event: RecordedEvent): StoredEvent => {
  if (!event.position) throw new UnsupportedError('Telling the positions of events', '22.6');
  const { recordedAt = event.created.toISOString(), ...meta }: Kept = event.metadata as MetadataType & Kept;
  return {
    stream: naming.fromKurrent(event.streamId),
    version: Number(event.revision) + 1,
    position: positionAt(event.position),
    id: event.id,
    type: event.type,
    data: event.data,
    meta,
    recordedAt,
  };
};
