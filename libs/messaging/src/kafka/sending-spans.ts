import type { Span, SpanAttributes } from '@cartage/eventsourcing';
import { messageAttributes, type SentEnvelope, type TracedMessaging } from '../traced';

/** The event that a span is about. */
interface Sending {
  readonly id: string;
  readonly span: Span;
}

const begun = ({ tracing, system }: TracedMessaging, envelope: SentEnvelope, also: SpanAttributes): Sending => {
  const { id, topic, traceparent: parent } = envelope;
  const attributes = {
    ...messageAttributes(system, envelope),
    ...{ 'messaging.operation.name': 'send', 'messaging.operation.type': 'send' },
    ...also,
  };
  return { id, span: tracing.start({ name: `send ${topic}`, kind: 'producer', parent, attributes }) };
};

/** A span for each of these events whose trace is known; to be ended with the ids of those that were not taken, or with what failed. */
export const sendingSpans = (
  traced: TracedMessaging | undefined,
  envelopes: readonly SentEnvelope[],
  also: SpanAttributes = {},
): ((parked: ReadonlySet<string>, failure?: string) => void) => {
  if (!traced) return () => undefined;
  const all = envelopes.filter(({ traceparent }) => traceparent !== undefined).map((envelope) => begun(traced, envelope, also));
  return (parked, failure) => {
    for (const { id, span } of all) span.end(parked.has(id) ? 'parked' : failure);
  };
};
