import type { DataOf } from '@cartage/eventsourcing';
import type { ProviderAnswer } from './commands';
import type { PaymentEvent } from './events';
import type { PaymentTerms, Terms } from './terms';
import type { CustomerFacts, VerificationLimits } from './verification';

/** Examples for specs: one order, and what may have happened to its payment. */
const id = (tail: string): string => `0192f0c0-0000-7000-8000-0000000000${tail}`;
export const orderId = id('01');
export const paymentId = id('02');
export const authorizationId = id('03');
export const captureId = id('04');
export const voidId = id('05');
export const attemptId = id('06');
export const now = '2026-11-02T10:00:00.000Z';
export const firstShipment = id('a1');
export const secondShipment = id('a2');
export const refundId = id('b1');
export const returnId = id('c1');
export const token = { key: 'customer-7', box: 'c2VhbGVk' };

export const pauses = [15, 120];

export const paying: PaymentTerms = { paymentId, method: 'card', amount: 4000, token, provider: 'simulated' };

/** Three mugs for 10.00 and a lamp for 25.00, delivery 5.00. */
export const terms: Terms = {
  orderId,
  channel: 'web',
  customerId: 'customer-7',
  currency: 'GBP',
  lines: [
    { lineId: '1', sku: 'MUG', quantity: 3, total: 1000, shipGroupId: '1' },
    { lineId: '2', sku: 'LAMP', quantity: 1, total: 2500, shipGroupId: '1' },
  ],
  deliveries: [{ shipGroupId: '1', amount: 500 }],
  total: 4000,
  payments: [paying],
  priority: 'standard',
  destinations: [{ country: 'GB', postalArea: 'SW1A' }],
  taxIncluded: true,
  capture: 'shipment',
  prepaidTrusted: true,
  placedAt: now,
};

/** What comes of an answer. */
export const answered = (answer: ProviderAnswer, newId = attemptId) => ({ orderId, answer, pauses, now, newId });

/** The same order, paid in another way. */
export const paidBy = (changes: Partial<PaymentTerms>, of: Partial<Terms> = {}): Terms => ({
  ...terms,
  ...of,
  payments: [{ ...paying, amount: of.total ?? terms.total, ...changes }],
});

export const facts: CustomerFacts = { returning: true, ordersWithinHour: 0, countryKnown: true };

export const limits: VerificationLimits = {
  version: '2026-11',
  exceptions: [],
  reviewWithinMinutes: 240,
  reviewAgainPercent: 20,
  risk: { doubtfulFrom: 60, highFrom: 85, acceptAwayBelow: [{ currency: 'GBP', amount: 10_000 }] },
  weights: {},
  reviewFrom: 50,
  rejectFrom: 80,
  highValue: [{ currency: 'GBP', amount: 200_000 }],
  bulkUnits: 100,
  velocityOrders: 5,
  cod: {
    limit: [
      { currency: 'GBP', amount: 100_000 },
      { currency: 'INR', amount: 5_000_000 },
    ],
    countries: ['GB', 'IN'],
    excludedAreas: ['IN-110001'],
    areaLimits: [],
    excludedCustomers: [],
  },
};

export const verdict = { decision: 'accept', score: 0, reasons: [], rules: '2026-11' } as const;
export const toReview = {
  decision: 'review',
  score: 55,
  reasons: [{ rule: 'high-value', detail: 'High.', weight: 55 }],
  rules: '2026-11',
} as const;
export const money = { orderId, paymentId, currency: 'GBP', amount: 4000 };
export const byCustomer = { code: 'customer', by: 'customer' };
export const byProvider = (code: string) => ({ code, by: 'provider' });

export const approved = (reference: string): ProviderAnswer => ({ status: 'approved', reference });
export const refusedBecause = (reason: string): ProviderAnswer => ({ status: 'declined', reason });

export const authorization = { paymentId, authorizationId, provider: 'simulated', currency: 'GBP', amount: 4000 };

export const requested = (
  of: Terms = terms,
  judged: Partial<Pick<DataOf<PaymentEvent, 'PaymentRequested'>, 'verdict' | 'authorizations'>> = {},
): PaymentEvent => ({
  type: 'PaymentRequested',
  data: { ...of, facts, verdict, authorizations: [], ...judged, requestedAt: now },
});
export const authorized: PaymentEvent = {
  type: 'PaymentAuthorized',
  data: { ...money, authorizationId, reference: 'auth-1', method: 'card', provider: 'simulated', verdict, authorizedAt: now },
};
export const reviewRequired: PaymentEvent = { type: 'ReviewRequired', data: { ...money, verdict: toReview, requiredAt: now } };

export const authorizing = [requested(terms, { authorizations: [authorization] })] as const;
export const promised = [...authorizing, authorized] as const;
export const underReview = [requested(terms, { verdict: toReview }), reviewRequired] as const;
export const codPromised = [
  requested(paidBy({ method: 'cod' })),
  { type: 'CodAccepted', data: { ...money, authorizationId, verdict, acceptedAt: now } },
] as const satisfies readonly PaymentEvent[];
export const prepaid = [
  requested(paidBy({ method: 'prepaid' })),
  { type: 'PaymentAuthorized', data: { ...money, method: 'prepaid', provider: 'channel', authorizationId, verdict, authorizedAt: now } },
] as const satisfies readonly PaymentEvent[];

const firstOf = { orderId, paymentId, currency: 'GBP', amount: 1167, shipmentId: firstShipment };
/** The first shipment: two of the three mugs; it bears the delivery charge. */
const parts = { lines: [{ lineId: '1', quantity: 2, amount: 667 }], delivery: 500 };
const cost = {
  ...{ orderId, currency: 'GBP', amount: 1167, shipmentId: firstShipment },
  ...parts,
  deliveries: [{ shipGroupId: '1', amount: 500 }],
};
const taken = { captureId, paymentId, authorizationId, amount: 1167 };
export const charged: PaymentEvent = {
  type: 'ShipmentCharged',
  data: { ...cost, cash: 0, captures: [{ ...taken, provider: 'simulated' }], chargedAt: now },
};
/** Where no provider is asked. */
export const chargedToChannel: PaymentEvent = { type: 'ShipmentCharged', data: { ...cost, cash: 0, captures: [taken], chargedAt: now } };
export const chargedAtDoor: PaymentEvent = { type: 'ShipmentCharged', data: { ...cost, cash: 1167, captures: [], chargedAt: now } };
export const captured: PaymentEvent = { type: 'PaymentCaptured', data: { ...firstOf, captureId, reference: 'cap-1', capturedAt: now } };
export const capturedByChannel: PaymentEvent = { type: 'PaymentCaptured', data: { ...firstOf, captureId, capturedAt: now } };
export const captureFailed = (reason: { readonly code: string; readonly by: string }): PaymentEvent => ({
  type: 'CaptureFailed',
  data: { ...firstOf, captureId, reason, failedAt: now },
});
export const collected: PaymentEvent = { type: 'CodCollected', data: { ...firstOf, ...parts, parcels: ['p1'], collectedAt: now } };
export const remittedOf = (amount: number, reference = 'R-1'): PaymentEvent => ({
  type: 'CodRemitted',
  data: { ...firstOf, amount, reference, remittedAt: now },
});
export const voidRequested: PaymentEvent = {
  type: 'VoidRequested',
  data: { ...money, voidId, attemptId: voidId, authorizationId, provider: 'simulated', reason: byCustomer, requestedAt: now },
};
export const voidFailed: PaymentEvent = { type: 'VoidFailed', data: { ...money, voidId, reason: byProvider('expired'), failedAt: now } };
export const voided = (amount = 4000, reference?: string): PaymentEvent => ({
  type: 'PaymentVoided',
  data: { ...money, amount, voidId, authorizationId, ...(reference === undefined ? {} : { reference }), reason: byCustomer, voidedAt: now },
});

const refund = { orderId, paymentId, currency: 'GBP', refundId, returnId, amount: 300 };
export const refundRequested: PaymentEvent = {
  type: 'RefundRequested',
  data: {
    ...refund,
    attemptId,
    cause: 'return',
    provider: 'simulated',
    tender: 'original',
    captures: [{ captureId, amount: 300 }],
    requestedAt: now,
  },
};
export const refundIssued: PaymentEvent = {
  type: 'RefundIssued',
  data: { ...refund, tender: 'original', captures: [{ captureId, amount: 300 }], reference: 'ref-1', cause: 'return', issuedAt: now },
};
export const refundFailedOf = (
  reason: { readonly code: string; readonly by: string },
  changes: { readonly amount?: number; readonly currency?: string; readonly refundId?: string } = {},
): PaymentEvent => ({
  type: 'RefundFailed',
  data: { ...refund, ...changes, cause: 'return', reason, failedAt: now },
});
