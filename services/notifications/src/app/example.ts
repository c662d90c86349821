import type { Content } from '../domain/content';
import type { OrderCard } from '../domain/order-card';
import type { Values } from './markup';
import { valuesOf } from './values';

const at = '2026-11-23T10:00:00.000Z';
const later = '2026-11-27T18:00:00.000Z';
const shipmentId = '0199a3c4-7b1e-7c3d-9f2a-000000000009';

const card: OrderCard = {
  orderId: '0199a3c4-7b1e-7c3d-9f2a-000000000001',
  number: 'W-1001',
  channel: 'web',
  currency: 'EUR',
  placedAt: at,
  country: 'DE',
  deliverBy: later,
  lines: [
    { lineId: '1', title: 'White metal lantern', quantity: 2, total: 4_980 },
    { lineId: '2', title: 'Mug <“A & B”>', quantity: 1, total: 1_250 },
  ],
  totals: { goods: 6_730, discount: 500, shipping: 395, tax: 1_058, total: 6_625 },
  personal: { key: '', box: '' },
  version: 1,
};

const content: Content = {
  lines: [
    { lineId: '1', sku: 'LANTERN', quantity: 2 },
    { lineId: '2', sku: 'MUG', quantity: 1 },
  ],
  parcels: [{ shipmentId, carrier: 'DHL', trackingNumber: '00340434161094042557' }],
  amount: { currency: 'EUR', amount: 1_250 },
  ...{ before: 7_875, total: 6_625, date: at, until: later, reference: 'R-2042', place: 'Covent Garden', url: 'https://shop.example/pay' },
  customsUrl: 'https://shop.example/returns/abc/customs.pdf',
};

/** An order that has everything a template can name: for previews, and to try a draft on. */
export const exampleValues = (locale: string, brand: string): Values =>
  valuesOf(locale, {
    ...{ card, content, person: { name: 'Ada Miller' }, brand },
    trackingUrls: new Map([[shipmentId, 'https://shop.example/track/abc']]),
    orderUrl: 'https://shop.example/orders/abc',
    returnUrl: 'https://shop.example/returns/abc',
  });
