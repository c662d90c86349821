import type { OrderEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { newId } from '@cartage/service-kit';
import type { ChannelOrder } from '../simulator/bodies';

/** A realistic order of two lines, as a web store's own. */
export const channelOrder = (n: number): ChannelOrder => ({
  customer: { id: `customer-${n % 5_000}`, name: 'Grace Example', email: `grace.${n}@example.com`, phone: '+44 20 7946 0000' },
  shipTo: {
    lines: [`${(n % 200) + 1} High Street`],
    city: 'London',
    postalCode: 'SW1A 1AA',
    country: 'GB',
    latitude: 51.5,
    longitude: -0.14,
  },
  currency: 'GBP',
  lines: [
    { lineId: '1', sku: `SKU-${n % 200}`, description: 'A thing that sells well', quantity: 1, unitPrice: 1_250, tax: 250 },
    { lineId: '2', sku: `SKU-${(n * 7 + 3) % 200}`, description: 'Another thing', quantity: 2, unitPrice: 499, tax: 199 },
  ],
  shipping: { amount: 395 },
  payment: { method: 'card', token: 'tok_visa' },
});

/** The same of a marketplace, which tells its customers itself and keeps how they are reached to itself. */
export const marketplaceOrder = (n: number): ChannelOrder => {
  const { customer, ...order } = channelOrder(n);
  return { ...order, customer: { id: customer.id ?? '', name: customer.name } };
};

/** An order of the web store, as somebody posts it who has no number for it. */
export const orderBody = (n: number): object => ({ channel: 'web', ...channelOrder(n) });

export const skus: readonly string[] = Array.from({ length: 200 }, (_, n) => `SKU-${n}`);

/** The fact that somebody ordered one unit of each of these SKUs, as other services hear it. */
export const placedOrder = (ordered: readonly string[]): DataOf<OrderEvent, 'OrderPlaced'> => {
  const price = 1_000;
  const total = price * ordered.length;
  return {
    orderId: newId(),
    channel: 'web',
    placedAt: new Date().toISOString(),
    currency: 'GBP',
    taxIncluded: true,
    lines: ordered.map((sku, i) => ({
      lineId: String(i + 1),
      sku,
      quantity: 1,
      unitPrice: price,
      discounts: [],
      taxLines: [],
      total: price,
      shipGroupId: '1',
    })),
    shipGroups: [{ shipGroupId: '1', method: 'ship', destination: { country: 'GB', postalArea: 'SW1A' }, charge: 0, taxLines: [] }],
    totals: { goods: total, discount: 0, shipping: 0, tax: 0, total },
    payments: [{ paymentId: newId(), method: 'card', amount: total }],
    priority: 'standard',
    personal: { key: 'customer-1', box: '' },
    policies: {},
  };
};
