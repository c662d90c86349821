import { integer, list, nullable, object, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { Explanation, SaidMovement, StockClaim, StockDifference } from '../app/explanation';

const sentence = text('In plain words.');
const kind = text('Type of the event that moved it, such as `StockReceived`.');
const scope = { sku: text(), location: nullable(text('Location code; null: over the network.')) };

const units = {
  onHand: integer('Units.'),
  reserved: integer('Units claimed by orders, at no location yet; none at a single location.'),
  allocated: integer('Units claimed by orders at a location.'),
  safetyStock: integer('Units held back.'),
  unavailable: integer('Units there, but not fit to be sold.'),
};

const groups = list(
  object({ kind, reason: nullable(text()), movements: integer('How many.'), ...units, sentence }),
  'Changes by kind and reason: each column adds up to the figure of its name.',
);

const atp = integer('onHand − reserved − allocated − safetyStock; nothing where the location was closed.');

export const explanation = answerOf<Explanation>()(
  'StockExplanation',
  object({
    ...scope,
    asOf: time('The figures are of this instant.'),
    ...units,
    atp,
    sentence,
    movements: groups,
    heldBack: list(object({ location: text(), units: integer() }), 'Where units are held back: adds up to `safetyStock`.'),
  }),
);

const figures = object({ asOf: time('The figures are of this instant.'), ...units, atp });

export const stockDifference = answerOf<StockDifference>()(
  'StockDifference',
  object({ ...scope, from: figures, to: figures, movements: groups }),
);

const claim = answerOf<StockClaim>()(
  'StockClaim',
  object({
    orderId: uuid(),
    reserved: integer('Units of the network that the order has a claim on.'),
    allocated: list(object({ location: text(), fulfillmentId: uuid(), units: integer() }), 'Units that a location is to ship for it.'),
    eventId: uuid('Of the event that made the claim what it is.'),
    since: time(),
  }),
);
export const claimPage = pageAnswer(claim);

const movement = answerOf<SaidMovement>()(
  'StockMovement',
  object({
    id: text('Later movements of a SKU have greater numbers.'),
    position: text('In the log of inventory: good for `asOf`.'),
    sku: text(),
    location: nullable(text('Location code; null where only the network’s sum moved.')),
    inNetwork: truth('Whether it changed what the network can promise: movements at closed locations do not.'),
    onHand: integer('Change, units.'),
    reserved: integer('Change, units.'),
    allocated: integer('Change, units.'),
    safetyStock: integer('Change, units.'),
    unavailable: integer('Change, units.'),
    atp: integer('Units that the network could promise afterwards.'),
    kind,
    reference: nullable(text('What it was for: an order, a purchase order, a location.')),
    fulfillmentId: nullable(uuid('Of the allocation that it is about.')),
    reason: nullable(text()),
    eventId: uuid(),
    at: time('When it happened.'),
    sentence,
  }),
);
export const movementPage = pageAnswer(movement);
