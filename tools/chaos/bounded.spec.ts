import fc from 'fast-check';
import { boundedPlan } from './bounded';

const services = ['order', 'inventory', 'shipping'];

describe('a short plan', () => {
  it('has as many faults as it is asked for, of services only, one a second, whatever the seed', () =>
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 12 }), (seed, faults) => {
        const plan = boundedPlan({ seed, faults }, services);
        expect(plan).toHaveLength(faults);
        plan.forEach(({ number, kind, target, atMs, forMs }, i) => {
          expect([number, atMs, services.includes(target), forMs <= 2_000]).toEqual([i + 1, i * 1_000, true, true]);
          expect(['kill', 'freeze']).toContain(kind);
        });
      }),
      { numRuns: 50 },
    ));

  it('follows from the seed', () => {
    expect(boundedPlan({ seed: 7, faults: 6 }, services)).toEqual(boundedPlan({ seed: 7, faults: 6 }, services));
    expect(boundedPlan({ seed: 7, faults: 6 }, services)).not.toEqual(boundedPlan({ seed: 8, faults: 6 }, services));
  });
});
