import { contractsOf, type EventOf } from './event';
import { destination, lineQuantity, orderId, priorities, sealed, shortLine } from './parts';
import { integer, list, object, oneOf, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.fulfillment);

export const FulfillmentBrokered = event(
  'FulfillmentBrokered',
  'A location is to ship these lines of an order. One event for each location.',
  object({
    orderId,
    fulfillmentId: uuid(),
    location: text('Location code.'),
    lines: list(lineQuantity),
    priority: oneOf(priorities),
    destination,
    personal: sealed,
    decisionId: uuid('The decision record that says why.'),
    rules: text('Version of the routing rules.'),
    attempt: integer('1 for the first brokering of these lines.'),
    brokeredAt: time(),
  }),
);

export const FulfillmentRejected = event(
  'FulfillmentRejected',
  'The location will not ship it after all; its lines are brokered again or become unfillable.',
  object({ orderId, fulfillmentId: uuid(), location: text(), lines: list(lineQuantity), reason: text(), rejectedAt: time() }),
);

export const FulfillmentUnfillable = event(
  'FulfillmentUnfillable',
  'No location, or no allowed split over locations, can ship these lines.',
  object({ orderId, lines: list(shortLine), reason: text(), decisionId: uuid(), rules: text(), decidedAt: time() }),
);

export const fulfillmentEvents = { FulfillmentBrokered, FulfillmentRejected, FulfillmentUnfillable };
/** Public events of the fulfillment-routing service; subject: the order id. */
export type FulfillmentEvent = EventOf<(typeof fulfillmentEvents)[keyof typeof fulfillmentEvents]>;
