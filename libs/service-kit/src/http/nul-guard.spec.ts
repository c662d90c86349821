import { nulIn } from './nul-guard';

describe('a NUL character in a request', () => {
  it('is found and named wherever it stands', () => {
    expect(nulIn({ lines: [{ sku: 'A' }, { sku: 'B\0' }] })).toBe('lines[1].sku');
    expect(nulIn({ customer: { name: 'A\0da' } })).toBe('customer.name');
  });
  it('is in no ordinary order', () => expect(nulIn({ customer: { name: 'Ada\n' }, lines: [{ quantity: 1, note: null }] })).toBeUndefined());
});
