import { fold } from '@cartage/eventsourcing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { item, type ItemChanged } from './item';
import { priceList, type PriceListChanged } from './price-list';
import { publishedCatalogue } from './published';

const folder = join(__dirname, 'golden');
const golden = <Data>(type: string): Data => JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as Data;

describe('stored events of the catalogue', () => {
  it('keep their names for ever, and all are published', () =>
    expect(readdirSync(folder).map((file) => file.replace('.v1.json', ''))).toEqual(Object.keys(publishedCatalogue).toSorted()));

  it('fold into an item', () => {
    const { changedAt: _, ...said } = golden<ItemChanged['data']>('ItemChanged');
    expect(fold(item, [{ type: 'ItemChanged', data: golden('ItemChanged') }])).toEqual(said);
  });

  it('fold into a price list', () => {
    const { changedAt: _, ...said } = golden<PriceListChanged['data']>('PriceListChanged');
    expect(fold(priceList, [{ type: 'PriceListChanged', data: golden('PriceListChanged') }])).toEqual(said);
  });
});
