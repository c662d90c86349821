import { kindOf } from './classify';
import { row } from './fixture';

describe('a line of an invoice', () => {
  it.each([
    ['a usual line', {}],
    ['a gift: it costs nothing', { price: '0.0' }],
    ['a guest’s line', { customer: '' }],
    ['postage', { sku: 'POST' }],
  ])('is ordered: %s', (_, fields) => expect(kindOf(row(fields))).toBe('sale'));

  it.each([
    ['bad-debt-adjustment', { invoice: 'A563185' }],
    ['stock-write-off', { quantity: -10, price: '0.0', customer: '' }],
    ['non-positive-quantity', { quantity: -10 }],
    ['non-positive-quantity', { quantity: Number.NaN }],
    ['negative-price', { price: '-1.00' }],
    ['no-stock-code', { sku: '' }],
    ['country-unknown', { country: 'European Community' }],
    ['credit-adds-units', { invoice: 'C1', quantity: 1 }],
    ['discount', { invoice: 'C1', quantity: -1, sku: 'D' }],
    ['fee', { invoice: 'C1', quantity: -1, sku: 'AMAZONFEE', customer: '' }],
    ['return-without-customer', { invoice: 'C1', quantity: -1, customer: '' }],
  ])('is parked as %s', (parked, fields) => expect(kindOf(row(fields))).toEqual({ parked }));

  it('of a credit note with a customer may be a return', () => expect(kindOf(row({ invoice: 'C1', quantity: -1 }))).toBe('credit'));
});
