/** An order as Shopify writes it today: what the customer sees in euros, of a shop that counts in pounds. */
const set = (shop: string, presented: string) => ({
  shop_money: { amount: shop, currency_code: 'GBP' },
  presentment_money: { amount: presented, currency_code: 'EUR' },
});

const address = {
  ...{ first_name: 'Zoë', last_name: 'Ångström', name: 'Zoë Ångström', company: null, phone: '+49 30 1234567' },
  ...{ address1: 'Hauptstraße 5', address2: '', city: 'Berlin', province: null, province_code: null, zip: '10115' },
  ...{ country: 'Germany', country_code: 'DE', latitude: '52.53', longitude: 13.38 },
};

const lantern = {
  ...{ id: 111, sku: 'LANTERN', name: 'Lantern - red', quantity: 3, current_quantity: 3, requires_shipping: true, price: '17.00' },
  price_set: set('17.00', '20.00'),
  discount_allocations: [{ amount: '5.10', amount_set: set('5.10', '6.00'), discount_application_index: 0 }],
  tax_lines: [{ title: 'MwSt', price: '7.33', price_set: set('7.33', '8.62'), rate: 0.19 }],
  properties: [{ name: 'engraving', value: 'Z' }],
};

const express = {
  ...{ code: 'Express', title: 'Express', price: '4.17', price_set: set('4.17', '4.90'), discount_allocations: [] },
  tax_lines: [{ title: 'MwSt', price: '0.66', price_set: set('0.66', '0.78'), rate: 0.19 }],
};

export const shopifyOrderOf = (more: object = {}) => ({
  ...{
    id: 5_678_901_234_567,
    name: '#1042',
    test: false,
    created_at: '2026-11-20T10:00:00+01:00',
    updated_at: '2026-11-20T10:00:05+01:00',
  },
  ...{
    cancelled_at: null,
    cancel_reason: null,
    currency: 'GBP',
    presentment_currency: 'EUR',
    customer_locale: 'de-DE',
    taxes_included: true,
  },
  ...{
    financial_status: 'paid',
    payment_gateway_names: ['shopify_payments'],
    email: 'zoe@example.org',
    phone: null,
    note: 'Please ring twice',
  },
  ...{ total_price: '58.90', total_price_set: set('50.00', '58.90'), total_discounts: '5.10', total_discounts_set: set('5.10', '6.00') },
  current_total_price: '50.00',
  current_total_price_set: set('50.00', '58.90'),
  discount_applications: [{ type: 'discount_code', code: 'WELCOME', value: '10.0' }],
  customer: { id: 207_119_551, first_name: 'Zoë', last_name: 'Ångström', email: 'zoe@example.org' },
  shipping_address: address,
  billing_address: address,
  line_items: [lantern],
  shipping_lines: [express],
  ...more,
});

/** The shape before money sets and allocations: taxes and discounts of the order as a whole. */
export const olderShopifyOrder = (more: object = {}) => ({
  ...{ id: 450_789_469, created_at: '2012-01-10T11:00:00-05:00', updated_at: '2012-01-10T11:00:00-05:00', cancelled_at: null },
  ...{ currency: 'USD', taxes_included: false, financial_status: 'authorized', gateway: 'authorize_net', email: 'bob@example.org' },
  ...{ total_price: '40.28', total_discounts: '2.00', discount_codes: [{ code: 'TWO', amount: '2.00' }] },
  tax_lines: [{ title: 'State Tax', price: '2.28', rate: 0.06 }],
  line_items: [
    { id: 1, sku: 'A', title: 'A', quantity: 1, price: '10.00', requires_shipping: true, properties: [] },
    { id: 2, sku: 'B', title: 'B', quantity: 2, price: '15.00', requires_shipping: true, properties: [] },
  ],
  shipping_lines: [{ code: 'Free', price: '0.00', title: 'Free' }],
  billing_address: null,
  shipping_address: { name: 'Bob', address1: '1 Road', city: 'Louisville', zip: '40202', country_code: 'US', province_code: 'KY' },
  ...more,
});
