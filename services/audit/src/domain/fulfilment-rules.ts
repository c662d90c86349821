import { orderEnded } from './order-rules';
import { DAY, EVERYTHING, HOUR, PROMPTLY, type Following, type Once } from './rule';

export const brokeredIsAllocated: Following = {
  name: 'brokered-is-allocated',
  says: 'Each fulfilment that a location is given is allocated there, or refused, or taken back before.',
  whose: 'services',
  after: { FulfillmentBrokered: ({ fulfillmentId }) => [fulfillmentId] },
  comes: { StockAllocated: ({ fulfillmentId }) => [fulfillmentId], AllocationRefused: ({ fulfillmentId }) => [fulfillmentId] },
  unless: {
    FulfillmentRejected: ({ fulfillmentId }) => [fulfillmentId],
    FulfillmentCancelled: ({ fulfillmentId }) => (fulfillmentId === undefined ? [] : [fulfillmentId]),
    FulfillmentPickedShort: ({ fulfillmentId, lines }) => (lines.length === 0 ? [fulfillmentId] : []),
  },
  within: PROMPTLY,
};

/** Picking, packing and handing over is people's work: it has its own deadline, `shipBy`, and its own alerts. */
export const allocatedLeaves: Following = {
  name: 'allocated-leaves',
  says: 'What is allocated leaves the location, or is released.',
  whose: 'people',
  after: { StockAllocated: ({ fulfillmentId }) => [fulfillmentId] },
  comes: { StockIssued: ({ fulfillmentId }) => [fulfillmentId], AllocationReleased: ({ fulfillmentId }) => [fulfillmentId] },
  within: 30 * DAY,
  pauses: true,
};

export const acceptanceIsTold: Following = {
  name: 'acceptance-is-told',
  says: 'A fulfilment that its location is to accept is accepted by its time, or it is told that it was not.',
  whose: 'services',
  after: {
    FulfillmentBrokered: ({ fulfillmentId, acceptBy }) => (acceptBy === undefined ? [] : [{ about: fulfillmentId, until: acceptBy }]),
  },
  comes: { FulfillmentAccepted: ({ fulfillmentId }) => [fulfillmentId], FulfillmentNotAccepted: ({ fulfillmentId }) => [fulfillmentId] },
  unless: {
    ...orderEnded,
    AllocationRefused: ({ fulfillmentId }) => [fulfillmentId],
    FulfillmentRejectionRequested: ({ fulfillmentId }) => [fulfillmentId],
    FulfillmentRejected: ({ fulfillmentId }) => [fulfillmentId],
    FulfillmentCancellationRequested: ({ fulfillmentId }) => [fulfillmentId],
    FulfillmentCancelled: ({ fulfillmentId }) => (fulfillmentId === undefined ? [] : [fulfillmentId]),
    FulfillmentPickedShort: ({ fulfillmentId, lines }) => (lines.length === 0 ? [fulfillmentId] : []),
    ShipmentDispatched: ({ fulfillmentId }) => [fulfillmentId],
  },
  within: HOUR,
  pauses: true,
};

/** A supplier, or another partner, answers in its own time. */
export const askedBackIsAnswered: Following = {
  name: 'asked-back-is-answered',
  says: 'Whoever holds the goods of a fulfilment that is asked back says whether they stay.',
  whose: 'partners',
  after: {
    FulfillmentCancellationRequested: ({ fulfillmentId }) => [fulfillmentId],
    FulfillmentRejectionRequested: ({ fulfillmentId }) => [fulfillmentId],
  },
  comes: {
    ShipmentCancelled: ({ fulfillmentId }) => [fulfillmentId],
    CancellationRefused: ({ fulfillmentId }) => [fulfillmentId],
    FulfillmentRejected: ({ fulfillmentId }) => [fulfillmentId],
    FulfillmentCancelled: ({ fulfillmentId }) => (fulfillmentId === undefined ? [] : [fulfillmentId]),
    FulfillmentCancellationRefused: ({ fulfillmentId }) => [fulfillmentId],
  },
  unless: { ShipmentDispatched: ({ fulfillmentId }) => [fulfillmentId] },
  within: DAY,
};

export const stoppedIsReleased: Following = {
  name: 'stopped-is-released',
  says: 'What was allocated to a fulfilment that will not ship is released.',
  whose: 'services',
  after: {
    FulfillmentRejected: ({ fulfillmentId, apart }) => (apart ? [] : [fulfillmentId]),
    FulfillmentCancelled: ({ fulfillmentId }) => (fulfillmentId === undefined ? [] : [fulfillmentId]),
  },
  given: { StockAllocated: ({ fulfillmentId }) => [fulfillmentId] },
  comes: {
    AllocationReleased: ({ fulfillmentId }) => [fulfillmentId],
    StockIssued: ({ fulfillmentId }) => [fulfillmentId],
  },
  unless: { OrderCancelled: () => [EVERYTHING] },
  within: PROMPTLY,
};

export const readyIsFetched: Following = {
  name: 'ready-is-fetched',
  says: 'What waits at the counter is fetched, asked back, or told as expired at its time.',
  whose: 'customers',
  after: {
    ReadyForPickup: ({ fulfillmentId, expiresAt }) => [{ about: fulfillmentId, until: expiresAt }],
    PickupExtended: ({ fulfillmentId, expiresAt }) => [{ about: fulfillmentId, until: expiresAt }],
  },
  comes: { HandedOver: ({ fulfillmentId }) => [fulfillmentId], PickupExpired: ({ fulfillmentId }) => [fulfillmentId] },
  unless: {
    ...orderEnded,
    FulfillmentCancelled: ({ fulfillmentId }) => (fulfillmentId === undefined ? [] : [fulfillmentId]),
    FulfillmentRejected: ({ fulfillmentId }) => [fulfillmentId],
  },
  within: HOUR,
  pauses: true,
};

export const cartEnds: Following = {
  name: 'cart-ends',
  says: 'What is kept for a cart is released, or expires at its time.',
  whose: 'services',
  after: { CartReserved: ({ reservationId, expiresAt }) => [{ about: reservationId, until: expiresAt }] },
  comes: { CartReleased: ({ reservationId }) => [reservationId], ReservationExpired: ({ reservationId }) => [reservationId] },
  within: HOUR,
};

export const supplierOrderIsAnswered: Following = {
  name: 'supplier-order-is-answered',
  says: 'A supplier accepts an order, rejects it or ships it.',
  whose: 'partners',
  after: { SupplierOrderSent: ({ supplierOrderId, answerBy }) => [{ about: supplierOrderId, until: answerBy }] },
  comes: {
    SupplierOrderAccepted: ({ supplierOrderId }) => [supplierOrderId],
    SupplierOrderRejected: ({ supplierOrderId }) => [supplierOrderId],
    SupplierOrderShipped: ({ supplierOrderId }) => [supplierOrderId],
    SupplierOrderCancelled: ({ supplierOrderId }) => [supplierOrderId],
  },
  unless: orderEnded,
  within: DAY,
};

export const fulfilmentRules: readonly Following[] = [
  brokeredIsAllocated,
  allocatedLeaves,
  acceptanceIsTold,
  askedBackIsAnswered,
  stoppedIsReleased,
  readyIsFetched,
  cartEnds,
  supplierOrderIsAnswered,
];

export const fulfilmentOnces: readonly Once[] = [
  {
    name: 'fulfilment-is-brokered-once',
    says: 'A fulfilment is given to a location once.',
    of: { FulfillmentBrokered: ({ fulfillmentId }) => [{ about: fulfillmentId }] },
  },
];
