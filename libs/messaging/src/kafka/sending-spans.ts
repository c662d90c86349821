import type { Envelope } from '@cartage/contracts';
import type { Span } from '@cartage/eventsourcing';
import { messageAttributes, type TracedMessaging } from '../traced';

/** The event that a span is about. */
interface Sending {
  readonly id: string;
  readonly span: Span;
}

const begun = ({ tracing, system }: TracedMessaging, envelope: Envelope): Sending => {
  const { id, topic, traceparent: parent } = envelope;
  const attributes = {
    ...messageAttributes(system, envelope),
    ...{ 'messaging.operation.name': 'send', 'messaging.operation.type': 'send' },
  };
  return { id, span: tracing.start({ name: `send ${topic}`, kind: 'producer', parent, attributes }) };
};

/** A span for each of these events whose trace is known; to be ended with the ids of those that were not taken, or with what failed. */
export const sendingSpans = (
  traced: TracedMessaging | undefined,
  envelopes: readonly Envelope[],
): ((parked: ReadonlySet<string>, failure?: string) => void) => {
  if (!traced) return () => undefined;
  const all = envelopes.filter(({ traceparent }) => traceparent !== undefined).map((envelope) => begun(traced, envelope));
  return (parked, failure) => {
    for (const { id, span } of all) span.end(parked.has(id) ? 'parked' : failure);
  };
};
