import type { ChannelOrder } from '../simulator/cartage';

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

/** The same, as somebody posts it who has no number for it. */
export const orderBody = (n: number): object => ({ channel: 'web', ...channelOrder(n) });

export const skus: readonly string[] = Array.from({ length: 200 }, (_, n) => `SKU-${n}`);
