import * as fc from 'fast-check';
import { contenders, type Claim } from './barcodes';

const claim = (sku: string, ...codes: readonly string[]): Claim => ({
  sku,
  barcodes: codes.map((code) => ({ code, kind: 'own', units: 1 })),
});

const told = (claims: readonly Claim[], holders: Readonly<Record<string, string>> = {}): string =>
  [...contenders(claims, new Map(Object.entries(holders)))].sort().join('');

describe('items that are described at the same time', () => {
  it('wait for nobody where none claims what another claims or has', () =>
    expect(told([claim('A', 'a'), claim('B', 'b'), claim('A', 'a'), claim('C')], { a: 'A', b: 'D' })).toBe(''));
  it('take turns where they claim one code', () => expect(told([claim('A', 'a'), claim('B', 'a'), claim('C', 'c')])).toBe('AB'));
  it('take turns where one claims what another has, and may be about to let go', () =>
    expect(told([claim('A'), claim('B', 'a'), claim('C', 'b')], { a: 'A' })).toBe('AB'));

  it('end as if each had come alone, whatever they claim', () => {
    const some = fc.record({
      sku: fc.constantFrom('A', 'B', 'C'),
      codes: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), fc.array(some, { maxLength: 3 }), (described, standing) => {
        const claims = described.map(({ sku, codes }) => claim(sku, ...codes));
        const begun = new Shelf(standing.map(({ sku, codes }) => claim(sku, ...codes)));
        const turns = contenders(claims, begun.holders);
        const together = new Shelf([...begun.claims]);
        const at = [false, true].flatMap((inTurn) => claims.flatMap(({ sku }, n) => (turns.has(sku) === inTurn ? [n] : [])));
        const ended = new Map(at.map((n) => [n, together.take(claims[n] as Claim)]));
        const alone = new Shelf([...begun.claims]);
        expect(claims.map((_, n) => ended.get(n))).toEqual(claims.map((each) => alone.take(each)));
        expect(together.holders).toEqual(alone.holders);
      }),
    );
  });
});

/** Items with their codes, each code of one. */
class Shelf {
  readonly holders = new Map<string, string>();
  readonly claims: Claim[] = [];

  constructor(claims: readonly Claim[]) {
    for (const each of claims) this.take(each);
  }

  take(taken: Claim): boolean {
    const codes = taken.barcodes.map(({ code }) => code);
    if (codes.some((code) => (this.holders.get(code) ?? taken.sku) !== taken.sku)) return false;
    for (const [code, sku] of [...this.holders]) if (sku === taken.sku) this.holders.delete(code);
    for (const code of codes) this.holders.set(code, taken.sku);
    this.claims.push(taken);
    return true;
  }
}
