import { DAY, eachLine, EVERYTHING, HOUR, PROMPTLY, theseLines, type Following, type Once } from './rule';

const everything = (): readonly string[] => [EVERYTHING];

/** The order has ended: nobody waits for anything more that was to bring it there. */
export const orderEnded = { OrderCancelled: everything, OrderCompleted: everything } as const;

export const orderCancelled = { OrderCancelled: everything } as const;

export const orderEnds: Following = {
  name: 'order-ends',
  says: 'Each order that was placed is completed or cancelled, or something is awaited for it.',
  whose: 'services',
  after: { OrderPlaced: ({ orderId }) => [orderId] },
  comes: { OrderCompleted: ({ orderId }) => [orderId], OrderCancelled: ({ orderId }) => [orderId] },
};

/** While one of these stands, rules that pause do. */
export const holdEnds: Following = {
  name: 'hold-ends',
  says: 'A hold of an order stands until it is released; one with a time ends then.',
  whose: 'people',
  after: { HoldApplied: ({ holdId, until }) => (until === undefined ? [] : [{ about: holdId, until }]) },
  comes: { HoldReleased: ({ holdId }) => [holdId] },
  within: PROMPTLY,
};

export const openHoldEnds: Following = {
  name: 'open-hold-ends',
  says: 'A hold without a time stands until a fact or a person resolves it.',
  whose: 'people',
  after: { HoldApplied: ({ holdId, until }) => (until === undefined ? [holdId] : []) },
  comes: { HoldReleased: ({ holdId }) => [holdId] },
};

export const locationHoldEnds: Following = {
  name: 'location-hold-ends',
  says: 'A fulfilment that its location stopped stands until the location releases it.',
  whose: 'people',
  after: { FulfillmentHeld: ({ holdId }) => [holdId] },
  comes: { FulfillmentReleased: ({ holdId }) => [holdId] },
  unless: orderEnded,
};

export const confirmedIsBrokered: Following = {
  name: 'confirmed-is-brokered',
  says: 'Each confirmed line is given to a location, or it is said that none can ship it.',
  whose: 'services',
  after: { OrderConfirmed: ({ lines }) => eachLine(lines) },
  comes: {
    FulfillmentBrokered: ({ lines }) => theseLines(lines),
    FulfillmentUnfillable: ({ lines }) => theseLines(lines),
    FulfillmentCancelled: ({ lines }) => theseLines(lines),
  },
  unless: { ...orderCancelled, LineCancelled: ({ lines }) => theseLines(lines) },
  within: PROMPTLY,
  pauses: true,
};

export const cancellationIsAnswered: Following = {
  name: 'cancellation-is-answered',
  says: 'What was asked to be cancelled is cancelled, or it is said that this came too late.',
  whose: 'people',
  after: { CancellationRequested: ({ cancellationId }) => [cancellationId] },
  comes: {
    LineCancelled: ({ cancellationId }) => [cancellationId],
    OrderCancellationRefused: ({ cancellationId }) => [cancellationId],
    FulfillmentCancelled: ({ cancellationId }) => [cancellationId],
    FulfillmentCancellationRefused: ({ cancellationId }) => [cancellationId],
  },
  unless: orderEnded,
  within: DAY,
};

export const handoverIsAnswered: Following = {
  name: 'handover-is-answered',
  says: 'What the customer takes along leaves the books, or inventory says that it is not there.',
  whose: 'services',
  after: { HandoverRequested: ({ handoverId }) => [handoverId] },
  comes: { StockHandedOver: ({ handoverId }) => [handoverId], HandoverRefused: ({ handoverId }) => [handoverId] },
  within: PROMPTLY,
};

export const handedOverIsTold: Following = {
  name: 'handed-over-is-told',
  says: 'What left the books for the customer to take along is told as handed over.',
  whose: 'services',
  after: { StockHandedOver: ({ handoverId }) => [handoverId] },
  comes: { GoodsHandedOver: ({ handoverId }) => [handoverId] },
  within: PROMPTLY,
};

export const replacementIsPlaced: Following = {
  name: 'replacement-is-placed',
  says: 'An order that is to send goods again, or in exchange, is placed.',
  whose: 'services',
  after: {
    ClaimDecided: ({ replacementOrderId }) => (replacementOrderId === undefined ? [] : [replacementOrderId]),
    ExchangeRequested: ({ replacementOrderId }) => [replacementOrderId],
    LostParcelsResolved: ({ replacementOrderId }) => (replacementOrderId === undefined ? [] : [replacementOrderId]),
  },
  comes: { OrderPlaced: ({ orderId }) => [orderId] },
  within: PROMPTLY,
  across: true,
};

export const erasureIsAnswered: Following = {
  name: 'erasure-is-answered',
  says: 'Each service says that it has forgotten a person who is to be forgotten.',
  whose: 'services',
  after: {
    PersonErasureRequested: ({ answerBy }) =>
      ['orders', 'inventory', 'payments', 'fulfillment', 'shipping', 'returns', 'notifications'].map((about) => ({
        about,
        until: answerBy,
      })),
  },
  comes: {
    PersonErasedFromOrders: () => ['orders'],
    PersonErasedFromInventory: () => ['inventory'],
    PersonErasedFromPayments: () => ['payments'],
    PersonErasedFromFulfillment: () => ['fulfillment'],
    PersonErasedFromShipping: () => ['shipping'],
    PersonErasedFromReturns: () => ['returns'],
    PersonErasedFromNotifications: () => ['notifications'],
  },
  within: HOUR,
  across: true,
};

export const orderRules: readonly Following[] = [
  orderEnds,
  holdEnds,
  openHoldEnds,
  locationHoldEnds,
  confirmedIsBrokered,
  cancellationIsAnswered,
  handoverIsAnswered,
  handedOverIsTold,
  replacementIsPlaced,
  erasureIsAnswered,
];

export const orderOnces: readonly Once[] = [
  { name: 'order-is-placed-once', says: 'An order is placed once.', of: { OrderPlaced: ({ orderId }) => [{ about: orderId }] } },
  { name: 'order-is-cancelled-once', says: 'An order is cancelled once.', of: { OrderCancelled: ({ orderId }) => [{ about: orderId }] } },
  {
    name: 'goods-are-handed-over-once',
    says: 'Goods are handed over once for each handover.',
    of: { GoodsHandedOver: ({ handoverId }) => [{ about: handoverId }] },
  },
];
