import { atCounter } from './counter.fixture';
import type { Fact } from './facts';
import { everything, id, minute, orderId } from './order.fixture';
import { fulfillment, money, shipment, tell } from './telling.fixture';
import { troubles } from './trouble.fixture';

const verdict = {
  decision: 'accept',
  score: 10,
  reasons: [{ rule: 'high-value', detail: 'Above 20.00.', weight: 10 }],
  rules: '2026-11',
} as const;
const short = [{ lineId: '2', sku: 'MUG', requested: 3, available: 1 }] as const;
const label = { parcelId: 'a', trackingNumber: 'CT123456785GB' } as const;
const inside = { ...label, lines: everything } as const;
const parcel = { parcelId: 'a', weightGrams: 900, lines: everything } as const;
const scan = { ...shipment, ...label, carrier: 'simulated', place: 'Coventry hub' } as const;
const rma = { orderId, returnId: id(7) } as const;
const oneUnit = { ...everything[0], quantity: 1 } as const;
const refund = { ...money, amount: 407, refundId: id(12), returnId: id(7) } as const;
const damaged = { code: 'damaged', by: 'operator', actor: 'user-17' } as const;

/** Everything that others may tell of it, as their contracts have it, each at a time of its own. */
const mislaid = { ...shipment, carrier: 'simulated', parcels: [inside], lines: everything };

export const facts = {
  ...troubles,
  ...atCounter,
  reserved: tell('StockReserved', { orderId, reservationId: id(8), lines: everything, reservedAt: minute(1) }),
  short: tell('StockShort', { orderId, short, decidedAt: minute(1) }),
  authorized: tell('PaymentAuthorized', {
    ...money,
    authorizationId: id(9),
    reference: 'auth_7f1c',
    method: 'card',
    provider: 'simulated',
    verdict,
    authorizedAt: minute(2),
  }),
  codAccepted: tell('CodAccepted', { ...money, authorizationId: id(9), verdict, acceptedAt: minute(2) }),
  review: tell('ReviewRequired', { ...money, verdict: { ...verdict, decision: 'review', score: 60 }, requiredAt: minute(2) }),
  declined: tell('PaymentDeclined', {
    ...money,
    method: 'card',
    retryable: false,
    reason: { code: 'insufficient-funds', detail: 'The bank declined it.', by: 'provider' },
    verdict,
    declinedAt: minute(2),
  }),
  unfillable: tell('FulfillmentUnfillable', {
    orderId,
    lines: short,
    reason: { code: 'no-location', detail: 'No location has MUG.', by: 'policy' },
    decisionId: id(6),
    rules: '2026-11',
    decidedAt: minute(3),
  }),
  allocated: tell('StockAllocated', { ...fulfillment, lines: everything, levels: [], allocatedAt: minute(4) }),
  refused: tell('AllocationRefused', { ...fulfillment, short, levels: [], refusedAt: minute(4) }),
  rejected: tell('FulfillmentRejected', {
    ...fulfillment,
    lines: everything,
    reason: damaged,
    stockEffect: 'minus',
    rejectedAt: minute(5),
  }),
  picked: tell('ShipmentPicked', { ...shipment, lines: everything, short: [], pickedAt: minute(5) }),
  pickedShort: tell('FulfillmentPickedShort', {
    ...fulfillment,
    lines: everything.map((line) => ({ ...line, quantity: line.quantity - 1 })),
    short: everything.map((line) => ({ ...line, quantity: 1, missing: [{ sku: line.sku, quantity: 1 }], reason: damaged })),
    notedAt: minute(5),
  }),
  packed: tell('ShipmentPacked', { ...shipment, lines: everything, parcels: [parcel], packedAt: minute(6) }),
  labelFailed: tell('LabelFailed', {
    ...shipment,
    carrier: 'simulated',
    reason: { code: 'postal-code-unknown', by: 'carrier' },
    failedAt: minute(7),
  }),
  cancelledShipment: tell('ShipmentCancelled', { ...shipment, lines: everything, reason: damaged, cancelledAt: minute(8) }),
  handedOver: tell('ShipmentDispatched', {
    ...shipment,
    carrier: 'simulated',
    parcels: [inside],
    lines: everything,
    dispatchedAt: minute(9),
  }),
  captured: tell('PaymentCaptured', { ...money, captureId: id(10), shipmentId: id(4), capturedAt: minute(10) }),
  captureFailed: tell('CaptureFailed', {
    ...money,
    captureId: id(11),
    shipmentId: id(4),
    reason: { code: 'provider-refused', by: 'provider' },
    failedAt: minute(10),
  }),
  inTransit: tell('ShipmentInTransit', { ...scan, occurredAt: minute(11), recordedAt: minute(11) }),
  outForDelivery: tell('ShipmentOutForDelivery', { ...scan, occurredAt: minute(12), recordedAt: minute(12) }),
  attemptFailed: tell('DeliveryAttemptFailed', {
    ...scan,
    reason: { code: 'nobody-home', by: 'carrier' },
    occurredAt: minute(13),
    recordedAt: minute(13),
  }),
  exception: tell('ShipmentException', {
    ...scan,
    reason: { code: 'held', by: 'carrier' },
    occurredAt: minute(14),
    recordedAt: minute(14),
  }),
  returning: tell('RtoInitiated', {
    ...shipment,
    carrier: 'simulated',
    parcels: [inside],
    lines: everything,
    place: 'Coventry hub',
    reason: { code: 'refused', by: 'customer' },
    occurredAt: minute(15),
    recordedAt: minute(15),
  }),
  backInTransit: tell('RtoInTransit', { ...scan, occurredAt: minute(16), recordedAt: minute(16) }),
  receivedBack: tell('RtoReceived', {
    ...shipment,
    receiptId: id(80),
    dock: 'YRK-1',
    parcels: [inside],
    lines: everything.map((line) => ({ ...line, disposition: 'restock' as const })),
    others: [],
    receivedAt: minute(17),
  }),
  lost: tell('ParcelLost', { ...mislaid, reason: { code: 'silent', by: 'policy' }, lostAt: minute(14) }),
  found: tell('ParcelFound', { ...mislaid, reason: { code: 'scanned', by: 'carrier' }, foundAt: minute(15) }),
  delivered: tell('ShipmentDelivered', {
    ...shipment,
    carrier: 'simulated',
    parcels: [inside],
    lines: everything,
    occurredAt: minute(16),
    recordedAt: minute(16),
  }),
  codCollected: tell('CodCollected', { ...money, shipmentId: id(4), collectedAt: minute(17) }),
  codRemitted: tell('CodRemitted', { ...money, shipmentId: id(4), reference: 'RM-1', remittedAt: minute(18) }),
  voided: tell('PaymentVoided', { ...money, voidId: id(13), reason: { code: 'order-cancelled', by: 'system' }, voidedAt: minute(19) }),
  returnRequested: tell('ReturnRequested', {
    ...rma,
    lines: [{ ...everything[0], quantity: 1, reason: 'too-small' }],
    requestedAt: minute(20),
  }),
  returnAuthorized: tell('ReturnAuthorized', {
    ...rma,
    lines: [oneUnit],
    policy: 'returns-2026-11',
    by: 'policy',
    wayBack: 'merchant',
    authorizedAt: minute(21),
  }),
  returnDeclined: tell('ReturnDeclined', {
    ...rma,
    lines: [everything[1]],
    reason: { code: 'final-sale', by: 'policy' },
    policy: 'returns-2026-11',
    declinedAt: minute(21),
  }),
  returned: tell('ReturnReceived', {
    ...rma,
    receiptId: id(14),
    location: 'LON-1',
    lines: [{ ...everything[0], quantity: 1, announced: true }],
    receivedAt: minute(22),
  }),
  graded: tell('ItemGraded', {
    ...rma,
    gradingId: id(15),
    receiptId: id(14),
    lineId: '1',
    sku: 'LANTERN',
    quantity: 1,
    location: 'LON-1',
    grade: 'A',
    disposition: 'restock',
    gradedAt: minute(23),
  }),
  refunded: tell('RefundIssued', { ...refund, tender: 'original', captures: [{ captureId: id(10), amount: 407 }], issuedAt: minute(24) }),
  refundFailed: tell('RefundFailed', { ...refund, reason: { code: 'account-closed', by: 'provider' }, failedAt: minute(24) }),
  returnExpired: tell('ReturnExpired', { ...rma, lines: [oneUnit], expiredAt: minute(24) }),
  returnCancelled: tell('ReturnCancelled', {
    ...rma,
    lines: [oneUnit],
    reason: { code: 'customer', by: 'customer' },
    cancelledAt: minute(22),
  }),
  returnClosed: tell('ReturnClosed', { ...rma, currency: 'GBP', amount: 407, closedAt: minute(25) }),
} as const;

/** A smooth life, as far as others tell it. */
export const smoothLife: readonly Fact[] = [
  facts.reserved,
  facts.authorized,
  facts.allocated,
  facts.packed,
  facts.handedOver,
  facts.captured,
  facts.inTransit,
  facts.delivered,
];
