import type { EventData, OrderEvent } from './events';

/** What makes each kind of fact that others tell the same fact; what the order decides for itself has no key. */
const keys: { readonly [Type in OrderEvent['type']]?: (data: EventData<Type>) => readonly (string | number)[] } = {
  ReservationRecorded: ({ reservationId }) => [reservationId],
  ShortageRecorded: ({ at }) => [at],
  PaymentRecorded: ({ outcome, authorizationId, at }) => [outcome, authorizationId ?? at],
  ReviewRecorded: ({ at }) => [at],
  DeclineRecorded: ({ by, at }) => [by, at],
  FulfillmentRecorded: ({ fulfillmentId }) => [fulfillmentId],
  FulfillmentRejectionRecorded: ({ fulfillmentId }) => [fulfillmentId],
  UnfillableRecorded: ({ decisionId }) => [decisionId],
  AllocationRecorded: ({ fulfillmentId }) => [fulfillmentId],
  AllocationRefusalRecorded: ({ fulfillmentId }) => [fulfillmentId],
  ShipmentProgressed: ({ shipmentId, milestone, at }) => [shipmentId, milestone, at],
  PaymentProgressed: ({ step, reference }) => [step, reference],
  ReturnProgressed: ({ returnId, step, at, steps, grade, disposition }) => [
    returnId,
    step,
    at,
    ...(step === 'graded' ? [steps?.[0]?.lineId ?? '', grade ?? '', disposition ?? ''] : []),
  ],
};

/** Names a fact for ever: two events with the same key tell the same thing. */
export const factKey = (event: OrderEvent): string | undefined => {
  const parts = (keys[event.type] as ((data: unknown) => readonly (string | number)[]) | undefined)?.(event.data);
  return parts && [event.type, ...parts].join('/');
};
