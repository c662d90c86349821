import { readSkuAddress, readStockAddress } from './address';

describe('the address of the stock', () => {
  it('is read as far as it says something', () => {
    expect(readStockAddress({ q: 8512, location: 'LDN-1', concern: 'out', view: 'reorder', status: 'in-transit' })).toEqual({
      ...{ q: '8512', location: 'LDN-1', concern: 'out', view: 'reorder', status: 'in-transit' },
    });
  });

  it('says nothing by what is no filter, or no value of it', () => {
    const search = { q: ' ', location: '<b>', concern: 'lost', view: 'all', status: true, colour: 'red' };
    expect(readStockAddress(search)).toEqual({});
  });
});

describe('the address of a SKU', () => {
  it('names a time as it is everywhere the same, or a position', () => {
    expect(readSkuAddress({ asOf: '2026-11-27T18:00:00+01:00' })).toEqual({ asOf: '2026-11-27T17:00:00.000Z' });
    expect(readSkuAddress({ asOf: 42, location: 'LDN-1' })).toEqual({ asOf: '42', location: 'LDN-1' });
  });

  it('is of now, over the network, where it says nothing that can be understood', () => {
    expect(readSkuAddress({ asOf: 'yesterday', location: 'no such place' })).toEqual({});
  });
});
