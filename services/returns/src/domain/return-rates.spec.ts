import fc from 'fast-check';
import { returnRates, type SkuCounts } from './return-rates';

const counts = (sku: string, delivered: number, returned: number, more: Partial<SkuCounts> = {}): SkuCounts => ({
  ...{ sku, category: 'dresses', delivered, returned, reasons: returned > 0 ? { 'too-small': returned } : {} },
  ...more,
});
/** About a fifth comes back of each. */
const others = [18, 22, 20, 25, 15, 21, 19, 23].map((returned, n) => counts(`D-${n}`, 100, returned));
const of = (sku: SkuCounts, rest: readonly SkuCounts[] = others) => returnRates([...rest, sku]).find((each) => each.sku === sku.sku);

describe('how much is expected back', () => {
  it('is what its category sends back while little is known of it, and its own rate when much is', () => {
    expect(of(counts('NEW', 2, 0))?.expected).toBeCloseTo(0.2, 1);
    expect(of(counts('NEW', 2, 2))?.expected).toBeLessThan(0.4);
    expect(of(counts('OLD', 20_000, 10_000))?.expected).toBeCloseTo(0.5, 1);
    expect(of(counts('NEW', 2, 0))?.prior).toMatchObject({ from: 'category', skus: 8 });
  });

  it('leans on all where its category has few, and on nothing where there are none', () => {
    expect(of(counts('HAT', 3, 0, { category: 'hats' }))?.prior).toMatchObject({ from: 'all', skus: 8 });
    expect(of(counts('HAT', 3, 0, { category: null }))?.prior.from).toBe('all');
    expect(of(counts('ONLY', 10, 9), [])).toMatchObject({ prior: { from: 'nothing' }, unusual: null });
  });

  it('is unusual where others would hardly come back as much, or as little, by chance', () => {
    expect(of(counts('BAD', 200, 120))?.unusual).toBe('more');
    expect(of(counts('GOOD', 2_000, 2))?.unusual).toBe('less');
    expect(of(counts('FEW', 3, 3))?.unusual).toBeNull();
    for (const each of returnRates(others)) expect(each.unusual).toBeNull();
  });

  it('is told by reason, and which of them is unusual', () => {
    const torn = counts('TORN', 100, 20, { reasons: { torn: 18, 'too-small': 2 } });
    const rest = others.map((each) => ({ ...each, reasons: { 'too-small': each.returned - 1, torn: 1 } }));
    const reasons = of(torn, rest)?.reasons ?? [];
    expect(reasons).toMatchObject([
      { reason: 'torn', units: 18, unusual: 'more' },
      { reason: 'too-small', units: 2, unusual: 'less' },
    ]);
    expect(reasons.reduce((sum, { expected }) => sum + expected, 0)).toBeCloseTo(of(torn, rest)?.expected ?? 0, 5);
  });

  it('is a share within its interval, whatever was delivered', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat(300), fc.boolean()), { maxLength: 30 }), (given) => {
        const all = given.map(([delivered, returned, isDress], n) =>
          counts(`S-${n}`, delivered, Math.min(delivered, returned), { category: isDress ? 'dresses' : null }),
        );
        const rates = returnRates(all);
        expect(rates).toHaveLength(all.filter(({ delivered }) => delivered > 0).length);
        for (const { expected, least, most, chance } of rates) {
          for (const share of [expected, least, most, chance]) expect(share >= 0 && share <= 1).toBe(true);
          expect(least <= expected && expected <= most).toBe(true);
        }
      }),
    ));
});
