import type { OrderEvent } from './events';
import type { Fact } from './facts';
import type { OrderCommand } from './order';
import { emptyBook } from './promising/promise-book';
import type { Occasion } from './rules';
import type { PlacedData } from './state';

/** One order and everything that may be told of it: what the specs of this service speak about. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const orderId = id(1);
export const at = '2026-11-23T10:00:00.000Z';
export const now = '2026-11-23T10:00:05.000Z';
export const holdId = id(90);

/** So many minutes after it all began, by everybody's clock. */
export const minute = (n: number): string => new Date(Date.parse(at) + n * 60_000).toISOString();

export const placing: PlacedData = {
  orderId,
  channel: 'marketplace-x',
  externalOrderId: 'MX-1001',
  customerId: 'c-17',
  placedAt: '2026-11-23T09:59:00.000Z',
  currency: 'GBP',
  locale: 'en-GB',
  taxIncluded: false,
  lines: [
    {
      lineId: '1',
      sku: 'LANTERN',
      description: 'White metal lantern',
      quantity: 2,
      unitPrice: 339,
      discounts: [],
      taxLines: [{ name: 'VAT 20 %', rate: 20, amount: 136 }],
      total: 814,
      shipGroupId: '1',
    },
    {
      lineId: '2',
      sku: 'MUG',
      quantity: 3,
      unitPrice: 250,
      discounts: [{ code: 'WELCOME', amount: 50 }],
      taxLines: [{ name: 'VAT 20 %', rate: 20, amount: 140 }],
      total: 840,
      shipGroupId: '1',
      finalSale: true,
      attributes: { engraving: 'A & B' },
    },
  ],
  shipGroups: [
    {
      shipGroupId: '1',
      method: 'ship',
      destination: { country: 'GB', postalArea: 'EC1A', latitude: 51.52, longitude: -0.1 },
      service: 'standard',
      charge: 400,
      taxLines: [{ name: 'VAT 20 %', rate: 20, amount: 80 }],
    },
  ],
  totals: { goods: 1428, discount: 50, shipping: 400, tax: 356, total: 2134 },
  payments: [{ paymentId: id(2), method: 'card', amount: 2134, token: { key: 'c-17', box: 'dG9r' } }],
  priority: 'standard',
  personal: { key: 'c-17', box: 'c2VhbGVk' },
  raw: { key: 'c-17', box: 'cmF3' },
  policies: { returns: 'returns-2026-11' },
};

export const placed: OrderEvent = { type: 'OrderPlaced', data: placing };

export const everything = [
  { lineId: '1', sku: 'LANTERN', quantity: 2 },
  { lineId: '2', sku: 'MUG', quantity: 3 },
] as const;

const HOUR = 3_600_000;
export const patience = { cancellationMs: HOUR / 4, paymentMs: 48 * HOUR, shortageMs: 14 * 24 * HOUR, atRiskMs: 24 * HOUR };

/** When it is decided: ids count up from the one given. */
export const occasion = (first = holdId, at = now): Occasion => {
  let next = Number(first.slice(-12));
  return { now: at, newId: () => id(next++), patience, shortagePolicy: () => ['wait'], promises: emptyBook };
};

/** As the order is told it. */
export const recording = (fact: Fact, first = holdId): OrderCommand => ({ type: 'RecordFact', data: { fact, ...occasion(first) } });
