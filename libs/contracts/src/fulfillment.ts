import { contractsOf, type EventOf } from './event';
import { fulfillmentMethod, lineQuantity, locationKind, orderId, priority, reason, shortLine } from './parts';
import { integer, list, object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.fulfillment);
const fulfillment = { fulfillmentId: uuid(), orderId, location: text('Location code.') };

export const FulfillmentBrokered = event(
  'FulfillmentBrokered',
  'A location is to ship these lines of an order. One event for each location. Subject: the fulfilment.',
  object({
    ...fulfillment,
    locationKind,
    shipGroupId: text(),
    method: fulfillmentMethod,
    lines: list(lineQuantity),
    priority,
    shipBy: optional(time('To be handed over until then.')),
    decisionId: uuid('The decision record that says why.'),
    rules: text('Version of the routing rules.'),
    attempt: integer('1 for the first brokering of these lines.'),
    brokeredAt: time(),
  }),
);

export const FulfillmentRejectionRequested = event(
  'FulfillmentRejectionRequested',
  'The location asks not to ship it after all. Whoever holds the goods answers: `ShipmentCancelled` or `CancellationRefused`. Subject: the fulfilment.',
  object({ ...fulfillment, lines: list(lineQuantity), reason, requestedAt: time() }),
);

export const FulfillmentRejected = event(
  'FulfillmentRejected',
  'The location will not ship it; nothing of it was handed over. Its lines are brokered again or become unfillable. Subject: the fulfilment.',
  object({
    ...fulfillment,
    lines: list(lineQuantity),
    reason,
    stockEffect: word(
      ['keep', 'zero', 'minus'],
      'treat as `keep`',
      'What it says about the location’s stock: it is there, nothing is there, these units are not there.',
    ),
    rejectedAt: time(),
  }),
);

export const FulfillmentUnfillable = event(
  'FulfillmentUnfillable',
  'No location, or no allowed split over locations, can ship these lines. Other lines of the order are not concerned. Subject: the order id.',
  object({ orderId, lines: list(shortLine), reason, decisionId: uuid(), rules: text(), decidedAt: time() }),
);

export const fulfillmentEvents = { FulfillmentBrokered, FulfillmentRejectionRequested, FulfillmentRejected, FulfillmentUnfillable };
/** Public events of the fulfillment-routing service. */
export type FulfillmentEvent = EventOf<(typeof fulfillmentEvents)[keyof typeof fulfillmentEvents]>;
