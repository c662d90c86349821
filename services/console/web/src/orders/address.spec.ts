import { changed, readAddress } from './address';

describe('the address of the list of orders', () => {
  it('is read as far as it says something', () => {
    expect(readAddress({ status: 'on-hold', hold: 'stock-short', late: true, special: true, sku: 'MUG', q: 1001 })).toEqual({
      ...{ status: 'on-hold', hold: 'stock-short', late: true, special: true, sku: 'MUG', q: '1001' },
    });
  });

  it('says nothing by what is no filter, or no value of it', () => {
    expect(
      readAddress({ status: 'lost', hold: '<b>', late: 'yes', special: 'false', q: ' ', colour: 'red', sku: 'x'.repeat(500) }),
    ).toEqual({});
  });

  it('is changed in one thing, and loses what is taken away', () => {
    const address = readAddress({ status: 'placed', channel: 'web' });
    expect(changed(address, { status: undefined })).toEqual({ channel: 'web' });
    expect(changed(address, { late: true })).toEqual({ status: 'placed', channel: 'web', late: true });
  });
});
