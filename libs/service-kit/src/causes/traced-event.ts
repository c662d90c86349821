import { anything, integer, nullable, object, optional, list, subjectOf, text, time, truth } from '@cartage/contracts';
import type { StoredEvent } from '@cartage/eventsourcing';
import { envelopesOf, isPublic, type AnyPublication } from '@cartage/messaging';
import { answerOf, pageAnswer } from '../http/answer';
import { withoutBoxes } from '../preview/boxes';

/** An event with what led to it: who asked, in which command, and which event before. */
export interface TracedEvent {
  readonly service: string;
  readonly eventId: string;
  readonly type: string;
  readonly published: boolean;
  /** What it is about, and its place among the events of that stream. */
  readonly subject: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  /** Versions of rules and policies that the decision says it was made by. */
  readonly rules: readonly string[];
  readonly data?: unknown;
}

const ruleFields: ReadonlySet<string> = new Set(['rules', 'policy', 'ruleVersion', 'policyVersion']);

/** Looks into parts of it too: a verdict names its rules. */
const rulesIn = (value: unknown, depth = 2): readonly string[] => {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value).flatMap(([field, part]: [string, unknown]) => {
    if (ruleFields.has(field) && typeof part === 'string') return [part];
    return Array.isArray(part) ? [] : rulesIn(part, depth - 1);
  });
};

export const tracedEvent = (publication: AnyPublication, event: StoredEvent): TracedEvent => {
  const { id: eventId, type, stream, version, recordedAt, meta, data } = event;
  const [envelope] = isPublic(publication)(type) ? envelopesOf(publication, event) : [];
  return {
    service: publication.service,
    eventId,
    type,
    published: envelope !== undefined,
    subject: meta.subject ?? subjectOf(publication.topic, stream),
    version,
    recordedAt,
    actor: meta.actor,
    commandId: meta.commandId,
    correlationId: meta.correlationId,
    ...(meta.causationId === undefined ? {} : { causationId: meta.causationId }),
    rules: [...new Set(rulesIn(data))],
    ...(envelope ? { data: withoutBoxes(envelope.data) } : {}),
  };
};

const shown = object({
  service: text('Whose log it stands in.'),
  eventId: text(),
  type: text(),
  published: truth('Whether other services heard of it.'),
  subject: text('What it is about.'),
  version: integer('Its place in its stream.'),
  recordedAt: time(),
  actor: text('Who asked: a person or program, or the group that heard the cause.'),
  commandId: text('Of the command that decided it.'),
  correlationId: text('Of the request that all of it began with.'),
  causationId: optional(text('The event that led to it; absent where a request did.')),
  rules: list(text(), 'Versions of rules and policies that it was decided by.'),
  data: optional(anything('As its contract has it, without what is sealed; absent where nobody else heard of it.')),
});

export const traced = answerOf<TracedEvent>()('TracedEvent', shown);
export const tracedPage = pageAnswer(traced);

/** An event, what led to it and what it led to, in the log of one service. */
export interface LocalCauses {
  readonly event: TracedEvent;
  readonly cause: TracedEvent | null;
  readonly effects: readonly TracedEvent[];
}

export const localCauses = answerOf<LocalCauses>()(
  'EventCauses',
  object({
    event: shown,
    cause: nullable(shown),
    effects: list(shown, 'What followed directly from it in this service.'),
  }),
);

export interface Edge {
  readonly cause: string;
  readonly effect: string;
}

/** All that followed from one or several requests, over all services, and what led to what. */
export interface CausalGraph {
  readonly events: readonly TracedEvent[];
  readonly edges: readonly Edge[];
  /** Services that could not be asked. */
  readonly missing: readonly string[];
  /** Whether there are more events than are shown. */
  readonly truncated: boolean;
}

export const causalGraph = answerOf<CausalGraph>()(
  'CausalGraph',
  object({
    events: list(shown, 'Of all services, oldest first.'),
    edges: list(object({ cause: text('Event id.'), effect: text('Event id.') }), 'What led to what.'),
    missing: list(text(), 'Services that could not be asked, or whose log cannot be searched so: their events are not here.'),
    truncated: truth('Whether there are more events than are shown.'),
  }),
);

export const edgesOf = (events: readonly TracedEvent[]): readonly Edge[] => {
  const known = new Set(events.map(({ eventId }) => eventId));
  return events.flatMap(({ eventId, causationId }) =>
    causationId !== undefined && known.has(causationId) ? [{ cause: causationId, effect: eventId }] : [],
  );
};
