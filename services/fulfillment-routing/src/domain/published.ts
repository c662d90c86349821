import type { FulfillmentEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { BrokeringEvent } from './events';

/** What the world is told; how a decision was come to stays here, readable over HTTP. */
export const published: Translation<BrokeringEvent, FulfillmentEvent> = {
  FulfillmentBrokered: ({ data }) => ({ type: 'FulfillmentBrokered', data }),
  FulfillmentRejected: ({ data }) => ({ type: 'FulfillmentRejected', data }),
  FulfillmentUnfillable: ({ data }) => ({ type: 'FulfillmentUnfillable', data }),
};
