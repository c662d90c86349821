import { fulfillmentMethod, orderId, priority, stockLevel, totals } from './parts';
import { count, country, currency, integer, list, money, object, optional, text, time, truth, uuid, word } from './schema';
import { stateOn, StateTopics, type StateOf, type StateTopic } from './state-contract';

const updatedAt = time('When the newest event that it rests on was recorded.');
const units = integer('Units.');

export const orderStatuses = ['placed', 'confirmed', 'completed', 'cancelled'] as const;

export const OrderState = stateOn(StateTopics.order, '<orderId>')(
  'OrderState',
  'An order as it is now: what was sold, what of it was cancelled or handed over, where it goes and what holds it.',
  object({
    orderId,
    channel: text('Where it was sold.'),
    externalOrderId: optional(text('The channel’s own number.')),
    customerId: optional(text('Whose it is; absent for a guest.')),
    status: word(orderStatuses, 'treat as `confirmed`', '`confirmed`: all or a part of it may be routed.'),
    imported: truth('It lived and ended elsewhere, and was taken over for the record.'),
    priority,
    currency: currency(),
    totals,
    lines: list(
      object({
        ...{ lineId: text(), sku: text(), quantity: count('Units sold, as the order is now.'), unitPrice: money(), total: money() },
        ...{
          shipGroupId: text(),
          cancelled: integer('Units that will not come, or did not arrive.'),
          handedOver: integer('Units that nobody shipped and the customer has.'),
        },
      }),
      'Without those that were edited away.',
    ),
    shipGroups: list(
      object({
        shipGroupId: text(),
        method: fulfillmentMethod,
        country: optional(country()),
        postalArea: optional(text()),
        pickupLocation: optional(text('Location code.')),
        shipBy: optional(time()),
        deliverBy: optional(time()),
      }),
    ),
    holds: list(
      object({ holdId: uuid(), type: text(), appliedAt: time(), until: optional(time()) }),
      'What keeps it, or a part of it, now.',
    ),
    edits: integer('How often it was edited.'),
    placedAt: time(),
    confirmedAt: optional(time('When the last of it was confirmed.')),
    completedAt: optional(time()),
    cancelledAt: optional(time()),
    updatedAt,
  }),
);

export const StockState = stateOn(StateTopics.stock, '<location>/<sku>')(
  'StockState',
  'What there is of a SKU at a location now.',
  object({ ...stockLevel.shape, updatedAt }),
);

export const wayStatuses = ['pending', 'review', 'authorized', 'accepted', 'declined', 'expired', 'voided'] as const;
const sums = {
  authorized: money('Promised, all in all.'),
  accepted: money('To be collected at the door, all in all.'),
  captured: money(),
  collected: money('Taken at the door.'),
  short: money('Of what was to be collected: never was.'),
  remitted: money('Of what was collected: handed over by the carrier.'),
  voided: money('Of what was promised: given back.'),
  refunded: money('Gone back to the customer, less what came back of it (`CreditReturned`).'),
};

export const PaymentState = stateOn(StateTopics.payment, '<orderId>')(
  'PaymentState',
  'The money of an order as it is now: sums of what happened, in each currency.',
  object({
    orderId,
    due: optional(
      object(
        { currency: currency(), amount: money() },
        'What the customer owes in all, once it is another sum than when the order was placed.',
      ),
    ),
    sums: list(object({ currency: currency(), ...sums })),
    ways: list(
      object({
        paymentId: text(),
        method: optional(text('How it is paid; absent where nobody has said so yet.')),
        status: word(wayStatuses, 'treat as `pending`', 'What was said last of this way of paying.'),
      }),
      'The ways of paying that something was heard of.',
    ),
    chargebacks: list(
      object({ chargebackId: uuid(), currency: currency(), amount: money(), status: word(['open', 'won', 'lost'], 'treat as `open`') }),
    ),
    updatedAt,
  }),
);

export const shipmentStatuses = ['picked', 'packed', 'labelled', 'dispatched', 'delivered', 'returned', 'lost', 'cancelled'] as const;
export const parcelStatuses = [
  ...['packed', 'dispatched', 'in-transit', 'out-for-delivery', 'attempt-failed', 'exception', 'at-store'],
  ...['delivered', 'coming-back', 'received-back', 'lost'],
] as const;

export const ShipmentState = stateOn(StateTopics.shipment, '<shipmentId>')(
  'ShipmentState',
  'A shipment as it is now, and where each of its parcels is.',
  object({
    shipmentId: uuid(),
    orderId,
    fulfillmentId: uuid(),
    location: text('Location code.'),
    status: word(
      shipmentStatuses,
      'treat as `dispatched`',
      '`delivered`, `returned`, `lost`: each of its parcels was delivered, is back with us, is lost; mixed, it stays `dispatched`.',
    ),
    carrier: optional(text()),
    service: optional(text()),
    lines: list(object({ lineId: text(), sku: text(), quantity: units })),
    parcels: list(
      object({
        parcelId: text(),
        trackingNumber: optional(text()),
        status: word(parcelStatuses, 'treat as `in-transit`'),
        at: time('When that was, where it happened.'),
      }),
    ),
    packedAt: optional(time()),
    labelledAt: optional(time()),
    dispatchedAt: optional(time()),
    deliveredAt: optional(time('When the last of it was.')),
    cancelledAt: optional(time()),
    updatedAt,
  }),
);

export const returnStatuses = ['requested', 'authorized', 'in-transit', 'received', 'declined', 'expired', 'cancelled', 'closed'] as const;

export const ReturnState = stateOn(StateTopics.return, '<returnId>')(
  'ReturnState',
  'A return as it is now, and how far each of its lines is.',
  object({
    returnId: uuid(),
    orderId,
    status: word(returnStatuses, 'treat as `authorized`', 'What was said last of any of its lines.'),
    lines: list(
      object({
        lineId: optional(text('The line of the order; absent for what nobody had announced.')),
        sku: text(),
        ...{ requested: units, authorized: units, declined: units, expired: units, cancelled: units, received: units, graded: units },
      }),
    ),
    refunds: list(object({ refundId: uuid(), currency: currency(), amount: money() }), 'What is owed for it.'),
    requestedAt: optional(time()),
    closedAt: optional(time()),
    updatedAt,
  }),
);

/** Every contract of a state. */
export const stateContracts = [OrderState, StockState, PaymentState, ShipmentState, ReturnState] as const;

/** The state that a topic tells. */
export type StateOn<Of extends StateTopic> = {
  [StateTopics.order]: StateOf<typeof OrderState>;
  [StateTopics.stock]: StateOf<typeof StockState>;
  [StateTopics.payment]: StateOf<typeof PaymentState>;
  [StateTopics.shipment]: StateOf<typeof ShipmentState>;
  [StateTopics.return]: StateOf<typeof ReturnState>;
}[Of];
