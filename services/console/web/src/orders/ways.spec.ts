import { waysOf } from './ways';

describe('a text that is looked for', () => {
  it.each([
    ['0198f0c2-7b1e-7c3d-9f2a-000000000001', ['id']],
    [' ada@example.com ', ['customer']],
    ['MX-1001', ['number', 'tracking', 'sku']],
    ['MX', []],
    ['   ', []],
  ])('%s may be %j', (text, ways) => expect(waysOf(text)).toEqual(ways));
});
