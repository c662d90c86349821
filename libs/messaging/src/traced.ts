import type { Envelope } from '@cartage/contracts';
import { ownId, type SpanAttributes, type Tracing } from '@cartage/eventsourcing';

/** Where deliveries are traced, and what carries them: `kafka`, or `cartage` where groups follow the logs themselves. */
export interface TracedMessaging {
  readonly tracing: Tracing;
  readonly system: string;
}

/** What is sent; to a topic of somebody else's, perhaps. */
export type SentEnvelope = Omit<Envelope, 'topic'> & { readonly topic: string };

/** By OpenTelemetry's conventions for messaging and CloudEvents. The key and subject are told only where they are ids that Cartage made. */
export const messageAttributes = (system: string, { id, type, topic, source, key, correlationId }: SentEnvelope): SpanAttributes => ({
  'messaging.system': system,
  'messaging.destination.name': topic,
  'messaging.message.id': id,
  'cloudevents.event_id': id,
  'cloudevents.event_type': type,
  'cloudevents.event_source': source,
  ...ownId('messaging.kafka.message.key', key),
  ...ownId('cartage.correlation_id', correlationId),
});
