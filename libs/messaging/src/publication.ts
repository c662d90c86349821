import { contracts, type Envelope, type Topic } from '@cartage/contracts';
import type { Named, StoredEvent, Translation } from '@cartage/eventsourcing';

/** What a service tells the world. `subject` of an event is its stream's name after the first `-`. */
export interface Publication<Private extends Named = Named, Public extends Named = Named> {
  readonly service: string;
  readonly topic: Topic;
  readonly translate: Translation<Private, Public>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- translations are contravariant in their event; only `any` accepts them all
export type AnyPublication = Publication<any, any>;

export const isPublic =
  ({ translate }: AnyPublication) =>
  (type: string): boolean =>
    type in translate;

export const subjectOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

const versions: ReadonlyMap<string, number> = new Map(contracts.map(({ type, version }) => [type, version]));

/** The public envelope of a stored event, or nothing for a private one. */
export const envelopeOf = ({ service, topic, translate }: AnyPublication, stored: StoredEvent): Envelope | undefined => {
  const { sequence, correlationId, causationId, traceparent } = stored.meta;
  const told = translate[stored.type]?.(stored) as Named | undefined;
  if (!told || sequence === undefined) return undefined;
  return {
    id: stored.id,
    type: told.type,
    version: versions.get(told.type) ?? 1,
    topic,
    source: `/cartage/${service}`,
    subject: subjectOf(stored.stream),
    time: stored.recordedAt,
    sequence,
    correlationId,
    ...(causationId === undefined ? {} : { causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    replay: false,
    data: told.data,
  };
};
