import { specFor } from '@cartage/eventsourcing';
import { priceList, type ChangePriceList, type PriceListChanged, type PriceListTerms } from './price-list';

const now = '2026-11-23T09:15:30.000Z';
const terms: PriceListTerms = {
  currency: 'GBP',
  taxIncluded: true,
  validFrom: '2026-11-27T00:00:00.000Z',
  prices: [
    { sku: 'A', unitPrice: 255 },
    { sku: 'B', unitPrice: 0 },
  ],
};
const change = (more: Partial<PriceListTerms> = {}, ifRevision?: number): ChangePriceList => ({
  type: 'ChangePriceList',
  data: { list: 'friday', terms: { ...terms, ...more }, ifRevision, now },
});
const changed = (revision: number, more: Partial<PriceListTerms> = {}): PriceListChanged => ({
  type: 'PriceListChanged',
  data: { ...terms, ...more, list: 'friday', revision, changedAt: now },
});
const { given } = specFor(priceList);

describe('a price list', () => {
  it('is made once, in whatever order its prices are told', () =>
    given()
      .when(change({ prices: terms.prices.toReversed() }))
      .thenOnce(changed(1)));
  it('is changed as a whole', () =>
    given(changed(1))
      .when(change({ prices: [{ sku: 'B', unitPrice: 9 }] }))
      .thenOnce(changed(2, { prices: [{ sku: 'B', unitPrice: 9 }] })));
  it('changes only from the revision that is meant', () =>
    given(changed(1))
      .when(change({ prices: [] }, 7))
      .thenRefused('VERSION_MISMATCH'));
  it('has one price for each SKU', () =>
    given()
      .when(change({ prices: [...terms.prices, { sku: 'A', unitPrice: 1 }] }))
      .thenRefused('PRICE_LIST_INVALID'));
  it('does not end before it begins', () =>
    given()
      .when(change({ validTo: terms.validFrom }))
      .thenRefused('PRICE_LIST_INVALID'));
});
