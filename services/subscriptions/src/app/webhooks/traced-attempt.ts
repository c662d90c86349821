import { ownId, type SpanAbout, type Tracing } from '@cartage/eventsourcing';
import { isTaken, type Attempt } from '../../domain/delivery';
import type { ClaimedDelivery } from './delivery-table';

/** The step that the event came from goes on to whoever is sent it. */
const about = ({ delivery: { deliveryId, endpointId, attempts }, entry: { fact }, replayId }: ClaimedDelivery): SpanAbout => ({
  name: 'send webhook',
  kind: 'producer',
  parent: fact.traceparent,
  attributes: {
    'messaging.system': 'webhook',
    'messaging.destination.name': endpointId,
    'messaging.message.id': deliveryId,
    'cloudevents.event_id': fact.id,
    'cloudevents.event_type': fact.type,
    'cartage.attempt': attempts,
    ...ownId('cartage.correlation_id', fact.correlationId),
    ...(replayId === undefined ? {} : { 'cartage.replay_id': replayId }),
  },
});

/** Why a receiver has not taken it, in a word that says nothing of who it is. */
const failureOf = (attempt: Attempt): string | undefined =>
  isTaken(attempt) ? undefined : attempt.answer ? String(attempt.answer.status) : 'no-answer';

/** One attempt to deliver an event, in the trace of that event; of one that no trace is known of it is in none. */
export const tracedAttempt = async (
  tracing: Tracing | undefined,
  claimed: ClaimedDelivery,
  attempt: () => Promise<Attempt>,
): Promise<Attempt> => {
  if (!tracing || claimed.entry.fact.traceparent === undefined) return attempt();
  const span = tracing.start(about(claimed));
  let failure: string | undefined = 'broken-off';
  try {
    const made = await (tracing.within ? tracing.within(span, attempt) : attempt());
    if (made.answer) span.set({ 'http.response.status_code': made.answer.status });
    failure = failureOf(made);
    return made;
  } finally {
    span.end(failure);
  }
};
