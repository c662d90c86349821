import { contracts, subjectOf, type Envelope, type Topic } from '@cartage/contracts';
import type { Named, StoredEvent, Versioned, VersionedTranslation } from '@cartage/eventsourcing';

/** What a service tells the world. `subject` of an event is that of its stream (`subjectOf`), unless its metadata name another. */
export interface Publication<Private extends Named = Named, Public extends Named = Named> {
  readonly service: string;
  readonly topic: Topic;
  readonly translate: VersionedTranslation<Private, Public>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- translations are contravariant in their event; only `any` accepts them all
export type AnyPublication = Publication<any, any>;

export const isPublic =
  ({ translate }: AnyPublication) =>
  (type: string): boolean =>
    type in translate;

const versionsOf = (type: string): readonly number[] => contracts.filter((each) => each.type === type).map(({ version }) => version);

/** The oldest version that there is a contract of: a newer one is named by whoever begins to publish it. */
const oldest: ReadonlyMap<string, number> = new Map(contracts.map(({ type }) => [type, Math.min(...versionsOf(type))]));

const NOTHING: readonly Envelope[] = [];

/** The public envelopes of a stored event, one for each version in which it is published; none for a private one. */
export const envelopesOf = (publication: AnyPublication, stored: StoredEvent): readonly Envelope[] => {
  if (stored.meta.sequence === undefined) return NOTHING;
  const answer = publication.translate[stored.type]?.(stored) as Versioned<Named> | readonly Versioned<Named>[] | undefined;
  if (answer === undefined) return NOTHING;
  if (!isList(answer)) return [envelopeOf(publication, stored, answer)];
  const versions = answer.map(versionOf);
  return answer.map((event) => ({ ...envelopeOf(publication, stored, event), ...(versions.length > 1 ? { versions } : {}) }));
};

const isList = (answer: Versioned<Named> | readonly Versioned<Named>[]): answer is readonly Versioned<Named>[] => Array.isArray(answer);

const versionOf = ({ type, contractVersion }: Versioned<Named>): number => contractVersion ?? oldest.get(type) ?? 1;

const envelopeOf = ({ service, topic }: AnyPublication, stored: StoredEvent, event: Versioned<Named>): Envelope => {
  const { subject = subjectOf(topic, stored.stream), sequence = 0, correlationId, causationId, traceparent } = stored.meta;
  return {
    id: stored.id,
    type: event.type,
    version: versionOf(event),
    topic,
    source: `/cartage/${service}`,
    subject,
    key: keyOf(subject, event),
    time: stored.recordedAt,
    sequence,
    correlationId,
    ...(causationId === undefined ? {} : { causationId }),
    ...(traceparent === undefined ? {} : { traceparent }),
    replay: false,
    data: event.data,
  };
};

/** Events whose subject alone keeps them in order, whatever order they name. */
const bySubject: ReadonlySet<string> = new Set(contracts.filter(({ keyedBy }) => keyedBy === 'subject').map(({ type }) => type));

const keyOf = (subject: string, { type, data }: Named): string => {
  if (bySubject.has(type) || typeof data !== 'object' || data === null || !('orderId' in data)) return subject;
  return typeof data.orderId === 'string' ? data.orderId : subject;
};
