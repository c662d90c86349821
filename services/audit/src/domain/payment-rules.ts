import { EVERYTHING, givenAway, HOUR, madeOf, PROMPTLY, type Following, type Once } from './rule';

const everything = (): readonly string[] => [EVERYTHING];

interface WayOfPaying {
  readonly paymentId: string;
  readonly amount: number;
}

const owed = (payments: readonly WayOfPaying[]): readonly string[] =>
  payments.filter(({ amount }) => amount > 0).map(({ paymentId }) => paymentId);

export const paymentIsAnswered: Following = {
  name: 'payment-is-answered',
  says: 'Each way of paying is promised, declined, reviewed, or waits for the customer.',
  whose: 'services',
  after: {
    OrderPlaced: ({ payments }) => owed(payments),
    PaymentAdded: ({ payments }) => owed(payments),
    PayLinkUsed: ({ paymentId }) => [paymentId],
  },
  comes: {
    PaymentAuthorized: ({ paymentId }) => [paymentId],
    CodAccepted: ({ paymentId }) => [paymentId],
    PaymentDeclined: ({ paymentId }) => [paymentId],
    PaymentPending: ({ paymentId }) => [paymentId],
    ReviewRequired: ({ paymentId }) => [paymentId],
  },
  unless: {
    OrderCancelled: everything,
    // It is of the order, and told of one of its ways of paying: the others wait for the same person.
    ReviewRequired: everything,
    PaymentAdded: ({ replaces }) => replaces,
    PayLinkUsed: ({ replaces }) => replaces,
  },
  within: PROMPTLY,
};

export const pendingPaymentEnds: Following = {
  name: 'pending-payment-ends',
  says: 'A payment that waits for the customer is promised or declined by its time.',
  whose: 'customers',
  after: { PaymentPending: ({ authorizationId, expiresAt }) => [{ about: authorizationId, until: expiresAt }] },
  comes: {
    PaymentAuthorized: ({ authorizationId }) => [authorizationId],
    PaymentDeclined: ({ authorizationId }) => (authorizationId === undefined ? [] : [authorizationId]),
  },
  unless: { OrderCancelled: everything },
  within: HOUR,
};

export const reviewIsDecided: Following = {
  name: 'review-is-decided',
  says: 'A payment that a person must decide about is decided, or escalated at its time.',
  whose: 'people',
  after: { ReviewRequired: ({ paymentId, decideBy }) => (decideBy === undefined ? [] : [{ about: paymentId, until: decideBy }]) },
  comes: {
    PaymentAuthorized: ({ paymentId }) => [paymentId],
    CodAccepted: ({ paymentId }) => [paymentId],
    PaymentDeclined: ({ paymentId }) => [paymentId],
    PaymentPending: ({ paymentId }) => [paymentId],
    ReviewEscalated: ({ paymentId }) => [paymentId],
  },
  unless: { OrderCancelled: everything },
  within: HOUR,
};

const nothingIsDue = ({ total }: { readonly total: number }): readonly string[] => (total === 0 ? [EVERYTHING] : []);

export const dispatchIsPaid: Following = {
  name: 'dispatch-is-paid',
  says: 'What left is charged once it has: captured, or told as failed. Cash on delivery, what was paid in advance, what is given away and what a person takes by hand are not.',
  whose: 'services',
  after: {
    ShipmentDispatched: ({ shipmentId, lines }) => madeOf(shipmentId, lines),
    GoodsHandedOver: ({ handoverId, lines }) => madeOf(handoverId, lines),
  },
  comes: {
    PaymentCaptured: ({ shipmentId }) => (shipmentId === undefined ? [] : [shipmentId]),
    CaptureFailed: ({ shipmentId }) => (shipmentId === undefined ? [] : [shipmentId]),
  },
  unless: {
    OrderPlaced: ({ totals, lines }) => [...nothingIsDue(totals), ...givenAway(lines)],
    OrderEdited: ({ totals, lines }) => [...nothingIsDue(totals), ...givenAway(lines.map(({ after }) => after))],
    CodAccepted: everything,
    // What was taken for units that came back, and is still due, is not given back only to be taken again.
    LineCancelled: ({ undelivered }) => (undelivered ? [EVERYTHING] : []),
    PaymentAuthorized: ({ capture }) => (capture === 'hand' ? [EVERYTHING] : []),
    PaymentCaptured: ({ shipmentId }) => (shipmentId === undefined ? [EVERYTHING] : []),
  },
  within: PROMPTLY,
};

export const captureHasCause: Following = {
  name: 'capture-has-cause',
  says: 'Each capture is of money that was promised.',
  whose: 'services',
  after: { PaymentCaptured: ({ paymentId }) => [paymentId] },
  comes: { PaymentAuthorized: ({ paymentId }) => [paymentId] },
  within: PROMPTLY,
  isCause: true,
};

export const shipmentCaptureHasCause: Following = {
  name: 'shipment-capture-has-cause',
  says: 'Each capture for goods that left has their dispatch, or their handover.',
  whose: 'services',
  after: { PaymentCaptured: ({ shipmentId }) => (shipmentId === undefined ? [] : [shipmentId]) },
  comes: { ShipmentDispatched: ({ shipmentId }) => [shipmentId], GoodsHandedOver: ({ handoverId }) => [handoverId] },
  within: PROMPTLY,
  isCause: true,
};

export const captureIsTriedAgain: Following = {
  name: 'capture-is-tried-again',
  says: 'A capture that failed is tried again at its time.',
  whose: 'services',
  after: { CaptureFailed: ({ captureId, nextTryAt }) => (nextTryAt === undefined ? [] : [{ about: captureId, until: nextTryAt }]) },
  comes: {
    PaymentCaptured: ({ captureId }) => [captureId],
    CaptureFailed: ({ captureId, nextTryAt }) => (nextTryAt === undefined ? [captureId] : []),
  },
  // What it was to take is not due any more, or was taken otherwise: then it is not tried.
  unless: {
    AmountDueChanged: ({ due, before }) => (due < before ? [EVERYTHING] : []),
    PaymentCaptured: ({ shipmentId }) => (shipmentId === undefined ? [EVERYTHING] : []),
  },
  within: HOUR,
};

export const paymentRules: readonly Following[] = [
  paymentIsAnswered,
  pendingPaymentEnds,
  reviewIsDecided,
  dispatchIsPaid,
  captureHasCause,
  shipmentCaptureHasCause,
  captureIsTriedAgain,
];

export const paymentOnces: readonly Once[] = [
  {
    name: 'promise-is-made-once',
    says: 'Money is promised once for each try.',
    of: {
      PaymentAuthorized: ({ authorizationId }) => [{ about: authorizationId }],
      CodAccepted: ({ authorizationId }) => [{ about: authorizationId }],
    },
  },
  {
    name: 'capture-is-made-once',
    says: 'Money is captured once for each capture.',
    of: { PaymentCaptured: ({ captureId }) => [{ about: captureId }] },
  },
  {
    name: 'cash-is-remitted-once',
    says: 'The cash of a remittance is handed over once.',
    of: { CodRemitted: ({ paymentId, shipmentId, reference }) => [{ about: `${paymentId}/${shipmentId}/${reference}` }] },
  },
];
