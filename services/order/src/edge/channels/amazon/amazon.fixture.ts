const money = (amount: string) => ({ amount, currencyCode: 'EUR' });

const item = (orderItemId: string, sellerSku: string, [ordered, price, tax]: readonly [number, string, string]) => ({
  ...{ orderItemId, quantityOrdered: ordered, product: { asin: `B0${orderItemId}`, title: `Item ${sellerSku}`, sellerSku } },
  proceeds: {
    proceedsTotal: money('0.00'),
    breakdowns: [
      { type: 'ITEM', subtotal: money(price) },
      { type: 'TAX', subtotal: money(tax), detailedBreakdowns: [{ subtype: 'ITEM', value: money(tax) }] },
    ],
  },
  fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: ordered },
});

/** An order as the Orders API of 2026-01-01 writes it: three of A, two of B, taxes in their prices. */
export const amazonOrderOf = (more: object = {}) => ({
  ...{ orderId: '305-1234567-1234567', createdTime: '2026-11-20T10:00:00Z', lastUpdatedTime: '2026-11-20T10:00:05Z' },
  salesChannel: { channelName: 'AMAZON', marketplaceId: 'A1PA6795UKMFR9', marketplaceName: 'Amazon.de' },
  buyer: { buyerName: 'Zoë Ångström', buyerEmail: 'zoe@marketplace.amazon.de' },
  recipient: {
    deliveryAddress: {
      ...{ name: 'Zoë Ångström', addressLine1: 'Hauptstraße 5', addressLine2: '', city: 'Berlin', postalCode: '10115' },
      ...{ countryCode: 'DE', phone: '+49 30 1234567' },
    },
    deliveryPreference: { addressInstruction: 'Please ring twice' },
  },
  proceeds: {
    grandTotal: money('50.00'),
    breakdowns: [
      { type: 'ITEM', subtotal: money('50.00') },
      { type: 'TAX', subtotal: money('7.98') },
    ],
  },
  fulfillment: {
    ...{ fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT', fulfillmentServiceLevel: 'STANDARD' },
    shipByWindow: { earliestDateTime: '2026-11-21T00:00:00Z', latestDateTime: '2026-11-22T22:59:59Z' },
  },
  orderItems: [item('1', 'A', [3, '30.00', '4.79']), item('2', 'B', [2, '20.00', '3.19'])],
  ...more,
});

export type AmazonItem = ReturnType<typeof item>;
