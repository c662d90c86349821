import type { FulfillmentEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { BrokeringEvent } from './events';

/** What the world is told; how a decision was come to stays here, readable over HTTP. */
export const published: Translation<BrokeringEvent, FulfillmentEvent> = {
  FulfillmentBrokered: ({ type, data }) => ({ type, data }),
  FulfillmentAccepted: ({ type, data }) => ({ type, data }),
  FulfillmentNotAccepted: ({ type, data }) => ({ type, data }),
  FulfillmentRejectionRequested: ({ type, data }) => ({ type, data }),
  FulfillmentRejected: ({ type, data }) => ({ type, data }),
  FulfillmentCancellationRequested: ({ type, data }) => ({ type, data }),
  FulfillmentCancelled: ({ type, data }) => ({ type, data }),
  FulfillmentCancellationRefused: ({ type, data }) => ({ type, data }),
  FulfillmentHeld: ({ type, data }) => ({ type, data }),
  FulfillmentReleased: ({ type, data }) => ({ type, data }),
  FulfillmentUnfillable: ({ type, data }) => ({ type, data }),
};

/**
 * Of what a published event speaks: the fulfilment; of the order itself, its stream's subject, where there is none. Fulfilments of an order share its
 * stream, because what one gives back the others may take: who ships what is one decision.
 */
export const subjectOf = ({ data }: BrokeringEvent): string | undefined => ('fulfillmentId' in data ? data.fulfillmentId : undefined);
