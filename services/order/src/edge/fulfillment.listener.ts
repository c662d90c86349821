import { Topics, type FulfillmentEvent } from '@cartage/contracts';
import type { Listener } from '@cartage/messaging';
import type { FulfillmentFacts } from '../app/facts/fulfillment-facts';

export const fulfillmentListener = (facts: FulfillmentFacts): Listener<FulfillmentEvent> => ({
  group: 'order.fulfillment',
  topic: Topics.fulfillment,
  on: {
    FulfillmentBrokered: facts.brokered,
    FulfillmentRejected: facts.rejected,
    FulfillmentUnfillable: facts.unfillable,
  },
});
