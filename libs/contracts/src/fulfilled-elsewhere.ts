import { contractsOf } from './event';
import { lineQuantity, orderId, reason } from './parts';
import { integer, list, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

/* What those who hold goods for us (a WMS, a 3PL, a supplier) say of them. */

const ofShipment = contractsOf(Topics.shipping, 'shipment');

const shipment = { shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') };
const partner = text('Who fulfils it for us.');

export const stockEffect = word(
  ['keep', 'zero', 'minus'],
  'treat as `keep`',
  'What it says about the location’s stock of these lines: it is there, nothing is there, these units are not there.',
);

export const ShipmentAccepted = ofShipment(
  'ShipmentAccepted',
  'Whoever fulfils it for us takes it, or these lines of it so far. Said again with another date, the later one counts.',
  object({
    ...shipment,
    partner,
    lines: optional(list(lineQuantity, 'Only these so far; absent: all of it.')),
    shipsAt: optional(time('When it says that they leave.')),
    acceptedAt: time(),
  }),
);

export const ShipmentRejected = ofShipment(
  'ShipmentRejected',
  'Whoever fulfils it for us will not ship it, or some of it. Nothing is cancelled by it: routing asks for that (`FulfillmentRejectionRequested`), and it is answered as any other request.',
  object({
    ...shipment,
    partner,
    lines: optional(list(lineQuantity, 'Only these; absent: all of it.')),
    stockEffect: optional(stockEffect),
    reason,
    rejectedAt: time(),
  }),
);

export const StockStated = contractsOf(Topics.shipping, 'statement', 'subject')(
  'StockStated',
  'What a partner says is on its shelves. A statement comes in parts that hold together by `statementId`; what it says of a SKU holds as of `asOf`, whenever it is heard.',
  object({
    statementId: uuid('The same for all its parts, and for the same statement told again.'),
    partner,
    location: text('Location code.'),
    asOf: time('When it was counted so, by the partner’s clock.'),
    whole: truth('It is all that is there: of a SKU that no part names there is nothing.'),
    part: integer('From 1 on.'),
    parts: integer('How many there are.'),
    lines: list(object({ sku: text(), onHand: integer('Units physically there.') }), 'Each SKU once in a statement.'),
    statedAt: time('When it was heard.'),
  }),
);

export const fulfilledElsewhereEvents = { ShipmentAccepted, ShipmentRejected, StockStated };
