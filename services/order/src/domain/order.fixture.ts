import type { OrderCommand } from './commands';
import type { EventData, OrderEvent } from './events';

/** One order and everything that may be told of it: what the specs of this service speak about. */
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const orderId = id(1);
export const at = '2026-11-23T10:00:00.000Z';
export const now = '2026-11-23T10:00:05.000Z';

export const placing: EventData<'OrderPlaced'> = {
  orderId,
  channel: 'marketplace-x',
  externalOrderId: 'MX-1001',
  customerId: 'c-17',
  placedAt: '2026-11-23T09:59:00.000Z',
  currency: 'GBP',
  locale: 'en-GB',
  lines: [
    { lineId: '1', sku: 'LANTERN', description: 'White metal lantern', quantity: 2, unitPrice: 339, discount: 0, tax: 136, total: 814 },
    {
      lineId: '2',
      sku: 'MUG',
      quantity: 3,
      unitPrice: 250,
      discount: 50,
      tax: 140,
      total: 840,
      finalSale: true,
      attributes: { engraving: 'A & B' },
    },
  ],
  totals: { goods: 1428, discount: 50, shipping: 400, tax: 356, total: 2134 },
  payment: { method: 'card', token: 'tok_visa' },
  priority: 'standard',
  destination: { country: 'GB', postalArea: 'EC1A', latitude: 51.52, longitude: -0.1 },
  personal: { key: 'c-17', box: 'c2VhbGVk' },
  record: { key: 'c-17', box: 'cmF3' },
  policies: { returns: 'returns-2026-11' },
};

const everything = [
  { lineId: '1', sku: 'LANTERN', quantity: 2 },
  { lineId: '2', sku: 'MUG', quantity: 3 },
] as const;
const verdict = {
  decision: 'accept',
  score: 10,
  reasons: [{ rule: 'high-value', detail: 'Above 20.00.', weight: 10 }],
  rules: '2026-11',
} as const;
const short = [{ lineId: '2', sku: 'MUG', requested: 3, available: 1 }] as const;
const fulfillment = { fulfillmentId: id(3), location: 'LON-1' } as const;
const shipment = { shipmentId: id(4), ...fulfillment } as const;
const carried = { carrier: 'simulated', trackingNumber: 'CT123456785GB' } as const;

type Asked<Type extends OrderCommand['type']> = Omit<Extract<OrderCommand, { readonly type: Type }>['data'], 'now'>;

/** The facts that others tell, as the listeners pass them on. */
export const facts = {
  reserved: { reservationId: id(2), at } satisfies Asked<'RecordReservation'>,
  short: { short, at } satisfies Asked<'RecordShortage'>,
  authorized: {
    outcome: 'authorized',
    amount: 2134,
    currency: 'GBP',
    provider: 'simulated',
    authorizationId: 'auth-1',
    verdict,
    at,
  } satisfies Asked<'RecordPayment'>,
  review: { verdict: { ...verdict, decision: 'review', score: 60 }, at } satisfies Asked<'RecordReview'>,
  declined: { by: 'provider', reason: 'insufficient-funds', verdict, at } satisfies Asked<'RecordDecline'>,
  brokered: { ...fulfillment, lines: everything, decisionId: id(5), attempt: 1, at } satisfies Asked<'RecordFulfillment'>,
  rejected: { ...fulfillment, reason: 'damaged', at } satisfies Asked<'RecordFulfillmentRejection'>,
  unfillable: { lines: short, reason: 'No location has MUG.', decisionId: id(6), rules: '2026-11', at } satisfies Asked<'RecordUnfillable'>,
  allocated: { ...fulfillment, lines: everything, at } satisfies Asked<'RecordAllocation'>,
  refused: { ...fulfillment, short, at } satisfies Asked<'RecordAllocationRefusal'>,
  packed: { ...shipment, milestone: 'packed', lines: everything, at } satisfies Asked<'RecordShipmentProgress'>,
  labelled: { ...shipment, ...carried, milestone: 'label-created', at } satisfies Asked<'RecordShipmentProgress'>,
  handedOver: { ...shipment, ...carried, milestone: 'handed-over', lines: everything, at } satisfies Asked<'RecordShipmentProgress'>,
  inTransit: { ...shipment, ...carried, milestone: 'in-transit', place: 'Coventry hub', at } satisfies Asked<'RecordShipmentProgress'>,
  delivered: { ...shipment, ...carried, milestone: 'delivered', lines: everything, at } satisfies Asked<'RecordShipmentProgress'>,
  captured: {
    step: 'captured',
    reference: 'cap-1',
    shipmentId: id(4),
    amount: 2134,
    currency: 'GBP',
    at,
  } satisfies Asked<'RecordPaymentProgress'>,
  returned: {
    returnId: id(7),
    step: 'received',
    location: 'LON-1',
    lines: [{ lineId: '1', quantity: 1 }],
    at,
  } satisfies Asked<'RecordReturnProgress'>,
} as const;

export const placed: OrderEvent = { type: 'OrderPlaced', data: placing };
