import type { LineQuantity } from '@cartage/contracts';
import fc from 'fast-check';
import { linesOf } from './brokering.fixture';
import { estimated, tariffFor, type Way } from './estimating';
import type { CarriageRate, CostTable } from './rules';

const table = (rates: readonly CarriageRate[], over: Partial<CostTable> = {}): CostTable => ({
  ...{ currency: 'GBP', halfCost: 500, handling: {}, rates },
  ...over,
});
const from = (destination: Way['destination'], km?: number): Way => ({
  place: { location: 'LDN', kind: 'warehouse' },
  destination,
  km,
});
const belfast = { country: 'GB', postalArea: 'BT1' };
const known = { skus: ['MUG', 'TEE'], weights: [400, null] };
const cost = (by: CostTable, lines: readonly LineQuantity[], way: Way = from(belfast, 520)) =>
  estimated({ cost: by }, way, { ...known, lines });
const mugs = (quantity: number) => linesOf(['MUG', quantity]);

describe('carriage', () => {
  const zones = table([
    { zone: 'islands', from: ['warehouse'], to: ['GB-BT', 'IE'], amount: 900 },
    { zone: 'near', upToKm: 100, amount: 300 },
    { zone: 'store', from: ['STR'], amount: 100 },
    { zone: 'far', amount: 500 },
  ]);

  it.each([
    ['a postal area', from(belfast, 20), 'islands'],
    ['a country', from({ country: 'IE' }), 'islands'],
    ['the distance', from({ country: 'GB', postalArea: 'EC1A' }, 100), 'near'],
    ['no distance that nobody knows', from({ country: 'GB' }), 'far'],
    ['no destination that nobody knows', from(undefined, 101), 'far'],
    ['the location', { ...from(undefined), place: { location: 'STR', kind: 'store' } }, 'store'],
  ])('goes by the first rate that is for %s', (_, way, zone) => expect(cost(zones, mugs(1), way)).toMatchObject({ zone }));

  it('goes by the last rate where none is for it', () =>
    expect(
      cost(
        table([
          { upToKm: 5, amount: 100 },
          { upToKm: 10, amount: 200 },
        ]),
        mugs(1),
      ),
    ).toMatchObject({ carriage: 200 }));

  it('knows postal areas however they are written', () =>
    expect(
      cost(table([{ to: ['PL-00 9'], amount: 70 }, { amount: 80 }]), mugs(1), from({ country: 'PL', postalArea: '00-950' })),
    ).toMatchObject({
      carriage: 70,
    }));

  it.each([
    [2, 100 + 50],
    [3, 100 + 2 * 50],
    [5, 100 + 2 * 50],
  ])('counts each started kilogram: %d mugs', (quantity, carriage) =>
    expect(cost(table([{ amount: 100, perKg: 50 }]), mugs(quantity))).toMatchObject({ carriage, grams: quantity * 400 }),
  );

  it.each([
    [2, 10],
    [5, 30],
    [6, 30 + 10],
    [12, 30 + 30 + 10],
  ])('goes by steps, and beyond the last by several parcels: %d mugs', (quantity, carriage) => {
    const steps = [
      { upToGrams: 1_000, amount: 10 },
      { upToGrams: 2_000, amount: 30 },
    ];
    expect(cost(table([{ amount: 0, steps }]), mugs(quantity))).toMatchObject({ carriage });
  });

  it('costs no less than the least', () =>
    expect(cost(table([{ amount: 10, perKg: 5, least: 40 }]), mugs(1))).toMatchObject({ carriage: 40 }));
});

it('counts a unit whose weight nobody knows as what the table says, or as a kilogram', () => {
  const rates = [{ amount: 0, perKg: 1 }];
  expect(cost(table(rates), linesOf(['TEE', 2]))).toMatchObject({ grams: 2_000 });
  expect(cost(table(rates, { defaultGrams: 250 }), linesOf(['TEE', 2]))).toMatchObject({ grams: 500 });
});

it('weighs a kit by its parts', () => {
  const parts = [{ sku: 'MUG', quantity: 3, share: 1 }];
  expect(cost(table([{ amount: 0 }]), [{ lineId: '1', sku: 'SET', quantity: 2, parts }])).toMatchObject({ grams: 2_400 });
});

it('handles a fulfilment, its lines and its units, by the code of the location before its kind', () => {
  const by = table([{ amount: 0 }], {
    handling: { warehouse: 100, LDN: 90 },
    handlingPerLine: { warehouse: 10 },
    handlingPerUnit: { LDN: 1 },
  });
  expect(cost(by, linesOf(['MUG', 2], ['TEE', 3]))).toMatchObject({ handling: 90 + 2 * 10 + 5 });
});

it('handles a location whose code every object has as any other of its kind', () => {
  const way = { place: { location: 'constructor', kind: 'toString' as 'store' }, destination: belfast };
  expect(cost(table([{ amount: 5 }], { handling: { LDN: 90 } }), mugs(1), way)).toMatchObject({ carriage: 5, handling: 0 });
});

describe('straightened costs', () => {
  const amount = fc.integer({ min: 0, max: 900 });
  const steps = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9_000 }), amount), { minLength: 1, maxLength: 4, selector: ([grams]) => grams })
    .map((all) => all.toSorted(([a], [b]) => a - b).map(([upToGrams, each]) => ({ upToGrams, amount: each })));
  const rate: fc.Arbitrary<CarriageRate> = fc.record({ amount, perKg: amount, steps, least: amount }, { requiredKeys: ['amount'] });
  const wanted = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5_000 }));

  it('are what all of it costs from one location, and never below nothing', () =>
    fc.assert(
      fc.property(rate, wanted, amount, (one, [tees, caps, grams], perLine) => {
        const lines = linesOf(['MUG', 1], ['TEE', tees], ['CAP', caps]);
        const by = table([one], { handling: { LDN: 70 }, handlingPerLine: { LDN: perLine }, handlingPerUnit: { LDN: 3 } });
        const tariff = tariffFor(by, { skus: ['MUG', 'TEE', 'CAP'], weights: [grams, 700, null] }, from(belfast));
        const { fixed, perUnit } = tariff.straightened(lines);
        const { carriage, handling } = tariff.of(lines);
        expect(lines.reduce((sum, { quantity }, i) => sum + quantity * (perUnit[i] ?? 0), fixed)).toBeCloseTo(carriage + handling, 4);
        expect(Math.min(fixed, ...perUnit)).toBeGreaterThanOrEqual(-0.000_001);
      }),
    ));
});
