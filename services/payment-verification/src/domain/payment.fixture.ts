import type { ProviderAnswer } from './commands';
import type { PaymentEvent } from './events';
import type { Terms } from './terms';
import type { CustomerFacts, VerificationLimits } from './verification';

/** Examples for specs: one order, and what may have happened to its payment. */
export const orderId = '0192f0c0-0000-7000-8000-000000000001';
export const now = '2026-11-02T10:00:00.000Z';
export const firstShipment = '0192f0c0-0000-7000-8000-0000000000a1';
export const secondShipment = '0192f0c0-0000-7000-8000-0000000000a2';
export const refundId = '0192f0c0-0000-7000-8000-0000000000b1';
export const returnId = '0192f0c0-0000-7000-8000-0000000000c1';

/** Three mugs for 10.00 and a lamp for 25.00, delivery 5.00. */
export const terms: Terms = {
  orderId,
  customerId: 'customer-7',
  currency: 'GBP',
  lines: [
    { lineId: '1', sku: 'MUG', quantity: 3, total: 1000 },
    { lineId: '2', sku: 'LAMP', quantity: 1, total: 2500 },
  ],
  shipping: 500,
  total: 4000,
  method: 'card',
  token: 'tok_visa',
  provider: 'simulated',
  priority: 'standard',
  destination: { country: 'GB', postalArea: 'SW1A' },
  placedAt: now,
};

export const facts: CustomerFacts = { returning: true, ordersWithinHour: 0, countryKnown: true };

export const limits: VerificationLimits = {
  reviewFrom: 50,
  rejectFrom: 80,
  highValue: { '*': 200_000 },
  bulkUnits: 100,
  velocityOrders: 5,
  cod: { limit: { INR: 5_000_000, '*': 100_000 }, countries: ['GB', 'IN'], excludedAreas: ['IN-110001'] },
};

export const verdict = { decision: 'accept', score: 0, reasons: [], rules: '2026-11' } as const;
export const toReview = {
  decision: 'review',
  score: 55,
  reasons: [{ rule: 'high-value', detail: 'High.', weight: 55 }],
  rules: '2026-11',
} as const;
const money = { orderId, currency: 'GBP', amount: 4000 };

export const approved = (reference: string): ProviderAnswer => ({ status: 'approved', reference });
export const refusedBecause = (reason: string): ProviderAnswer => ({ status: 'declined', reason });

export const requested = (changes: Partial<Terms> = {}): PaymentEvent => ({
  type: 'PaymentRequested',
  data: { ...terms, ...changes, requestedAt: now },
});
export const verified: PaymentEvent = { type: 'OrderVerified', data: { orderId, verdict, facts, verifiedAt: now } };
export const authorizationRequested: PaymentEvent = {
  type: 'AuthorizationRequested',
  data: { ...money, method: 'card', provider: 'simulated', token: 'tok_visa', requestedAt: now },
};
export const authorized: PaymentEvent = {
  type: 'PaymentAuthorized',
  data: { ...money, method: 'card', provider: 'simulated', authorizationId: 'auth-1', verdict, authorizedAt: now },
};
export const reviewRequired: PaymentEvent = { type: 'ReviewRequired', data: { ...money, verdict: toReview, requiredAt: now } };

export const authorizing = [requested(), verified, authorizationRequested] as const;
export const promised = [...authorizing, authorized] as const;
export const underReview = [
  requested(),
  { type: 'OrderVerified', data: { orderId, verdict: toReview, facts, verifiedAt: now } },
  reviewRequired,
] as const satisfies readonly PaymentEvent[];
export const codPromised = [
  requested({ method: 'cod' }),
  verified,
  { type: 'CodAccepted', data: { ...money, verdict, acceptedAt: now } },
] as const satisfies readonly PaymentEvent[];
export const prepaid = [
  requested({ method: 'prepaid' }),
  verified,
  {
    type: 'PaymentAuthorized',
    data: { ...money, method: 'prepaid', provider: 'channel', authorizationId: orderId, verdict, authorizedAt: now },
  },
] as const satisfies readonly PaymentEvent[];

/** The first shipment: two of the three mugs; it bears the delivery charge. */
export const charged: PaymentEvent = {
  type: 'ShipmentCharged',
  data: {
    orderId,
    shipmentId: firstShipment,
    currency: 'GBP',
    lines: [{ lineId: '1', quantity: 2, amount: 667 }],
    shipping: 500,
    amount: 1167,
    provider: 'simulated',
    chargedAt: now,
  },
};
export const chargedAtDoor: PaymentEvent = {
  type: 'ShipmentCharged',
  data: {
    orderId,
    shipmentId: firstShipment,
    currency: 'GBP',
    lines: [{ lineId: '1', quantity: 2, amount: 667 }],
    shipping: 500,
    amount: 1167,
    chargedAt: now,
  },
};
export const captured: PaymentEvent = {
  type: 'PaymentCaptured',
  data: { orderId, shipmentId: firstShipment, currency: 'GBP', amount: 1167, capturedTotal: 1167, captureId: 'cap-1', capturedAt: now },
};
export const collected: PaymentEvent = {
  type: 'CodCollected',
  data: { orderId, shipmentId: firstShipment, currency: 'GBP', amount: 1167, collectedAt: now, collectedTotal: 1167 },
};
export const voidRequested: PaymentEvent = {
  type: 'VoidRequested',
  data: { ...money, provider: 'simulated', reason: 'customer', requestedAt: now },
};
export const refundRequested: PaymentEvent = {
  type: 'RefundRequested',
  data: { orderId, refundId, returnId, lineId: '1', currency: 'GBP', amount: 300, provider: 'simulated', requestedAt: now },
};
