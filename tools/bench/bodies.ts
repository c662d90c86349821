/** A realistic order of two lines, as a web store posts it. */
export const orderBody = (n: number): object => ({
  channel: 'web',
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
    { sku: `SKU-${n % 200}`, description: 'A thing that sells well', quantity: 1, unitPrice: 1_250, tax: 250 },
    { sku: `SKU-${(n * 7 + 3) % 200}`, description: 'Another thing', quantity: 2, unitPrice: 499, tax: 199 },
  ],
  shipping: { amount: 395, tax: 79 },
  payment: { method: 'card', token: 'tok_visa' },
});

export const skus: readonly string[] = Array.from({ length: 200 }, (_, n) => `SKU-${n}`);
