import type { Meta } from '@cartage/eventsourcing';
import type { Heard, RecordFact } from './recording';

/** What routing decided about an order. */
export const fulfillmentFacts = (record: RecordFact) => ({
  brokered: ({ orderId, fulfillmentId, location, lines, decisionId, attempt, brokeredAt }: Heard<'FulfillmentBrokered'>, meta: Meta) =>
    record('RecordFulfillment', orderId, { fulfillmentId, location, lines, decisionId, attempt, at: brokeredAt }, meta),

  rejected: ({ orderId, fulfillmentId, location, reason, rejectedAt }: Heard<'FulfillmentRejected'>, meta: Meta) =>
    record('RecordFulfillmentRejection', orderId, { fulfillmentId, location, reason, at: rejectedAt }, meta),

  unfillable: ({ orderId, lines, reason, decisionId, rules, decidedAt }: Heard<'FulfillmentUnfillable'>, meta: Meta) =>
    record('RecordUnfillable', orderId, { lines, reason, decisionId, rules, at: decidedAt }, meta),
});
export type FulfillmentFacts = ReturnType<typeof fulfillmentFacts>;
