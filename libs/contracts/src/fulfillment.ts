import { collectionEvents } from './collections';
import { contractsOf, type EventOf } from './event';
import { stockEffect } from './fulfilled-elsewhere';
import { fulfillmentMethod, lineQuantity, locationKind, orderId, priority, reason, shortLine } from './parts';
import { pickedShort } from './picks';
import { currency, integer, list, money, object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.fulfillment, 'fulfillment');

const estimate = object(
  {
    currency: currency(),
    cost: money('Of what this location is to ship.'),
    cheapestAlone: optional(
      money('Of all that the decision is about, from whichever location alone would have cost least; absent: no location had all of it.'),
    ),
    cheapestOther: optional(
      money(
        'The same, from whichever location alone would have cost least among those that ship nothing of it; absent: none of them had all of it.',
      ),
    ),
  },
  'What shipping was estimated to cost, carriage and handling, when it was decided; absent: the rules know no costs.',
);
const fulfillment = { fulfillmentId: uuid(), orderId, location: text('Location code.') };

export const FulfillmentBrokered = event(
  'FulfillmentBrokered',
  'A location is to ship these lines of an order. One event for each location.',
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
    acceptBy: optional(time('The location is to accept it until then; absent: it need not.')),
    ifNotAccepted: optional(word(['rebroker', 'alert'], 'treat as `alert`', 'What follows when it does not.')),
    estimate: optional(estimate),
    workDay: text('Local date of the location on which it can be begun: it counts towards the capacity of that day.'),
    brokeredAt: time(),
  }),
);

export const FulfillmentAccepted = event(
  'FulfillmentAccepted',
  'The location takes it: it said so, or has packed it.',
  object({ ...fulfillment, acceptedAt: time() }),
);

export const FulfillmentNotAccepted = event(
  'FulfillmentNotAccepted',
  'The location was to accept it by now and has not: it is asked back (`FulfillmentRejectionRequested`), or somebody should look.',
  object({
    ...fulfillment,
    acceptBy: time(),
    ifNotAccepted: word(['rebroker', 'alert'], 'treat as `alert`', 'What follows.'),
    notedAt: time(),
  }),
);

const apart = optional(
  object(
    { lines: list(lineQuantity), location: optional(text('Location code: they are to go from there.')) },
    'Only these lines are to go from elsewhere; the others stay where they are. Absent: all go.',
  ),
);

export const FulfillmentRejectionRequested = event(
  'FulfillmentRejectionRequested',
  'The location asks not to ship it after all, or somebody asks that another ships it, or a part of it. Whoever holds the goods answers: `ShipmentCancelled` or `CancellationRefused`.',
  object({
    ...fulfillment,
    lines: list(lineQuantity, 'All of it.'),
    apart,
    stockEffect: optional(stockEffect),
    reason,
    requestedAt: time(),
  }),
);

export const FulfillmentRejected = event(
  'FulfillmentRejected',
  'The location will not ship it as it was; nothing of it was handed over. Its lines are brokered again or become unfillable.',
  object({
    ...fulfillment,
    lines: list(lineQuantity, 'All of it.'),
    apart,
    reason,
    stockEffect,
    rejectedAt: time(),
  }),
);

export const FulfillmentPickedShort = event(
  'FulfillmentPickedShort',
  'Units of a fulfilment are not at its location: they are no part of it any more, the location has lost them, and they are brokered again or become unfillable. With nothing left it comes to its end, too (`FulfillmentRejected`).',
  object({ ...fulfillment, ...pickedShort, notedAt: time() }),
);

const cancellationId = uuid('As in `CancellationRequested`.');

export const FulfillmentCancellationRequested = event(
  'FulfillmentCancellationRequested',
  'The order asks that these lines of a fulfilment do not ship. Whoever holds the goods answers: `ShipmentCancelled` or `CancellationRefused`.',
  object({ ...fulfillment, cancellationId, lines: list(lineQuantity, 'Those that are to be cancelled.'), reason, requestedAt: time() }),
);

export const FulfillmentCancelled = contractsOf(Topics.fulfillment, ['fulfillment', 'brokering'])(
  'FulfillmentCancelled',
  'These units of an order will not ship, as was asked: nothing of them was handed over. A fulfilment that is named is at its end; its other lines are brokered again.',
  object({
    fulfillmentId: optional(uuid('Absent: no location is to ship them, or not any more.')),
    orderId,
    location: optional(text('Location code.')),
    cancellationId,
    lines: list(lineQuantity),
    reason,
    cancelledAt: time(),
  }),
);

export const FulfillmentCancellationRefused = event(
  'FulfillmentCancellationRefused',
  'It was asked that these units do not ship, and that came too late.',
  object({ ...fulfillment, cancellationId, lines: list(lineQuantity), reason, refusedAt: time() }),
);

const locationHold = uuid('One for each time that a location stops a fulfilment.');

export const FulfillmentHeld = event(
  'FulfillmentHeld',
  'The location stops a fulfilment of its own: it is neither packed nor handed over until it is released.',
  object({ ...fulfillment, holdId: locationHold, reason, heldAt: time() }),
);

export const FulfillmentReleased = event(
  'FulfillmentReleased',
  'The location goes on with a fulfilment that it had stopped.',
  object({ ...fulfillment, holdId: locationHold, releasedAt: time() }),
);

export const FulfillmentUnfillable = contractsOf(Topics.fulfillment, 'brokering')(
  'FulfillmentUnfillable',
  'No location, or no allowed split over locations, can ship these lines. Other lines of the order are not concerned.',
  object({ orderId, lines: list(shortLine), reason, decisionId: uuid(), rules: text(), decidedAt: time() }),
);

export const RulesActivated = contractsOf(Topics.fulfillment, 'rules')(
  'RulesActivated',
  'Rules of routing are in force from now on, in place of those before. Going back to earlier ones is the same.',
  object({
    rulesId: text('Which rules: `routing`. What is decided by them names them as `<rulesId>@<version>`.'),
    version: text('Counts from 1.'),
    replaces: optional(text('The version that was in force until now; absent: the settings were.')),
    activatedAt: time(),
  }),
);

export const fulfillmentEvents = {
  ...collectionEvents,
  FulfillmentBrokered,
  FulfillmentAccepted,
  FulfillmentNotAccepted,
  FulfillmentRejectionRequested,
  FulfillmentRejected,
  FulfillmentPickedShort,
  FulfillmentCancellationRequested,
  FulfillmentCancelled,
  FulfillmentCancellationRefused,
  FulfillmentHeld,
  FulfillmentReleased,
  FulfillmentUnfillable,
  RulesActivated,
};
/** Public events of the fulfillment-routing service. */
export type FulfillmentEvent = EventOf<(typeof fulfillmentEvents)[keyof typeof fulfillmentEvents]>;
