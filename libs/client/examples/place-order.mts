import { cartage } from '@cartage/client/commands';

const shop = cartage({ url: process.env['CARTAGE_URL'] ?? 'http://127.0.0.1:3000', token: process.env['CARTAGE_TOKEN'] });

const { data, error } = await shop.POST('/orders', {
  // Sent again with the same key, it changes nothing and answers as it did the first time.
  params: { header: { 'Idempotency-Key': 'my-shop-order-1001' } },
  body: {
    customer: { id: 'customer-1', name: 'Ada Lovelace', email: 'ada@example.com' },
    shipTo: { lines: ['12 High Street'], city: 'London', postalCode: 'SW1Y 4JH', country: 'GB' },
    currency: 'GBP',
    lines: [{ sku: 'MUG-RED', quantity: 2, unitPrice: 1250 }],
    payment: { method: 'card', token: 'tok_visa' },
  },
});
if (error) throw new Error(error.detail);
if (!('orderId' in data)) throw new Error('It was only previewed.');
console.log(data.orderId);
