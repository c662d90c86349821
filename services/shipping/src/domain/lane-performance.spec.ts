import fc from 'fast-check';
import { performanceBy, type LaneOutcomes } from './lane-performance';

const trust = { enough: 20, prior: 30 };
const lane = (carrier: string, country = 'DE') => ({ location: 'LDN', country, carrier, service: 'standard' });
const outcomes = (carrier: string, parcels: number, kept: number, country = 'DE'): LaneOutcomes => ({
  ...lane(carrier, country),
  parcels,
  kept,
});

describe('what is to be expected of a lane', () => {
  it('is nearly what many parcels show', () => {
    const of = performanceBy([outcomes('post', 10_000, 9_500), outcomes('vans', 10_000, 6_000)], trust);
    expect([of(lane('post'))?.share, of(lane('vans'))?.share]).toEqual([9_500, 6_000]);
  });

  it('of few is what is usual of the service, corrected by what they show', () => {
    const of = performanceBy([outcomes('post', 1_000, 900), outcomes('post', 20, 0, 'FR'), outcomes('post', 19, 0, 'IT')], trust);
    // Of the service 900 of 1,039, which are all there are; of the lane 0 of 20 and 30 of the service's.
    expect(of(lane('post', 'FR'))).toEqual({ share: 5_197, parcels: 20, basis: 'lane' });
    expect(of(lane('post', 'IT'))).toEqual({ share: 8_662, parcels: 19, basis: 'service' });
    expect(of(lane('post', 'ES'))).toEqual({ share: 8_662, parcels: 0, basis: 'service' });
  });

  it('of a carrier that nobody has tried is what is usual of all: it is neither the best nor the worst', () => {
    const of = performanceBy([outcomes('post', 1_000, 950), outcomes('vans', 1_000, 600)], trust);
    expect(of(lane('new'))).toEqual({ share: 7_750, parcels: 0, basis: 'all' });
  });

  it('is not known where nothing is', () => expect(performanceBy([], trust)(lane('post'))).toBeUndefined());

  it('is a share, does not depend on the order of what is known, and rises with what was kept', () => {
    const some = fc.array(
      fc
        .record({
          carrier: fc.constantFrom('post', 'vans'),
          country: fc.constantFrom('DE', 'FR'),
          parcels: fc.integer({ min: 1, max: 90 }),
          percent: fc.nat(100),
        })
        .map(({ carrier, country, parcels, percent }) => outcomes(carrier, parcels, Math.floor((parcels * percent) / 100), country)),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(some, (all) => {
        const share = (known: readonly LaneOutcomes[]) => performanceBy(known, trust)(lane('post'))?.share ?? -1;
        expect(share(all)).toBeGreaterThanOrEqual(0);
        expect(share(all)).toBeLessThanOrEqual(10_000);
        expect(share(all.toReversed())).toBe(share(all));
        const better = all.map((each) => (each.carrier === 'post' ? { ...each, kept: each.parcels } : each));
        expect(share(better)).toBeGreaterThanOrEqual(share(all));
      }),
    );
  });
});
