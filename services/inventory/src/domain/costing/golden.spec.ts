import { inventoryEvents } from '@cartage/contracts';
import { fold } from '@cartage/eventsourcing';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedValues } from '../stock-valued';
import { unitCost, type UnitCostStated } from './unit-cost';

const folder = join(__dirname, 'golden');

describe('stored events of costs', () => {
  it('keep their names for ever', () => expect(readdirSync(folder)).toEqual(['StockValued.v1.json', 'UnitCostStated.v1.json']));

  it('fold into what a SKU costs at a location', () => {
    const data = JSON.parse(readFileSync(join(folder, 'UnitCostStated.v1.json'), 'utf8')) as UnitCostStated['data'];
    expect(fold(unitCost, [{ type: 'UnitCostStated', data }])).toEqual(
      new Map([['LDN-1', { sku: '85123A', location: 'LDN-1', amount: 1_250, currency: 'GBP', per: 100 }]]),
    );
  });

  it('tell the books what stock is worth, as the contract says', () => {
    expect(Object.keys(publishedValues)).toEqual(['StockValued']);
    const told = JSON.parse(readFileSync(join(folder, 'StockValued.v1.json'), 'utf8')) as object;
    expect(Object.keys(inventoryEvents.StockValued.data.json['properties'] as object).toSorted()).toEqual(Object.keys(told).toSorted());
  });
});
