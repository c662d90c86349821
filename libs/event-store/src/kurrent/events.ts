import {
  jsonEvent,
  UnsupportedError,
  type EventData,
  type JSONType,
  type MetadataType,
  type RecordedEvent,
} from '@kurrent/kurrentdb-client';
import type { EventMeta, NewEvent, StoredEvent } from '@cartage/eventsourcing';
import { positionOf } from './position';

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

export const proposedOf = ({ id, type, data, meta }: NewEvent): EventData =>
  jsonEvent({ id, type, data: (data ?? null) as JSONType, metadata: { ...meta } });

export const storedOf = (naming: Naming, event: RecordedEvent): StoredEvent => {
  if (!event.position) throw new UnsupportedError('Telling the positions of events', '22.6');
  return {
    stream: naming.fromKurrent(event.streamId),
    version: Number(event.revision) + 1,
    position: positionOf(event.position),
    id: event.id,
    type: event.type,
    data: event.data,
    meta: event.metadata as MetadataType & EventMeta,
    recordedAt: event.created.toISOString(),
  };
};
