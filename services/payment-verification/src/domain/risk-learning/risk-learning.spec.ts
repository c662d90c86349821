import fc from 'fast-check';
import { encoded, encodingOf, type Feature, type FeatureValues } from './encoding';
import { learnRisk, ridgeFor, RiskModel, type KnownOrder } from './learned';
import { fitLogistic, sigmoid } from './logistic';

/** Numbers that follow from a seed. */
const chance = (seed: number) => {
  let state = seed + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

const features: readonly Feature[] = [
  { name: 'orders within an hour', kind: 'up' },
  { name: 'days as a customer', kind: 'down' },
  { name: 'address', kind: 'category' },
  { name: 'hour', kind: 'number' },
];

/** What truly makes orders go wrong here. */
const truth = ([orders, days, address]: FeatureValues): number =>
  sigmoid(-2 + 0.8 * Number(orders) - 0.01 * Number(days ?? 50) + (address === 'parcel shop' ? 1 : 0));
const madeUp = (count: number, seed: number): readonly KnownOrder[] => {
  const next = chance(seed);
  return Array.from({ length: count }, () => {
    const days = next() < 0.1 ? undefined : Math.floor(next() * 300);
    const values = [Math.floor(next() * 4), days, next() < 0.3 ? 'parcel shop' : 'home', Math.floor(next() * 24)];
    return { values, wentWrong: next() < truth(values), weight: 1 };
  });
};

describe('a logistic model', () => {
  const sampleOf = (xs: readonly number[], outcomes: readonly number[]) => ({
    ...{ rows: Float64Array.from(xs), width: 1, outcomes, weights: outcomes.map(() => 1) },
  });

  it('is the known answer where there is one: the logarithm of the odds of each half', () => {
    const xs = [0, 0, 0, 0, 1, 1, 1, 1];
    const { intercept, coefficients } = fitLogistic(sampleOf(xs, [1, 0, 0, 0, 1, 1, 1, 0]), { signs: [0], ridge: 0 });
    expect(intercept).toBeCloseTo(Math.log(1 / 3), 5);
    expect(coefficients[0]).toBeCloseTo(Math.log(3) - Math.log(1 / 3), 5);
  });

  it('keeps signs: a coefficient that would have the wrong one is 0, and the intercept is the mean', () => {
    const sample = sampleOf([0, 0, 0, 0, 1, 1, 1, 1], [1, 1, 1, 0, 1, 0, 0, 0]);
    const { intercept, coefficients } = fitLogistic(sample, { signs: [1], ridge: 0 });
    expect(coefficients).toEqual([0]);
    expect(sigmoid(intercept)).toBeCloseTo(0.5, 6);
  });

  it('does not run away where two things are told apart wholly', () => {
    const { coefficients } = fitLogistic(sampleOf([0, 0, 1, 1], [0, 0, 1, 1]), { signs: [0], ridge: 1 });
    expect(coefficients[0]).toBeGreaterThan(0.3);
    expect(coefficients[0]).toBeLessThan(5);
  });

  it('cannot be bettered by any small step that keeps the signs', () => {
    const orders = madeUp(400, 3);
    const rows = Float64Array.from(orders.flatMap(({ values: [x, , , hour] }) => [Number(x), Number(hour) / 24]));
    const outcomes = orders.map(({ wentWrong }) => (wentWrong ? 1 : 0));
    const { intercept, coefficients } = fitLogistic(
      { rows, width: 2, outcomes, weights: outcomes.map(() => 1) },
      { signs: [1, 1], ridge: 2 },
    );
    const lossOf = ([b = 0, c = 0, a = 0]: readonly number[]) =>
      outcomes.reduce(
        (sum, y, n) => {
          const z = a + b * (rows[n * 2] ?? 0) + c * (rows[n * 2 + 1] ?? 0);
          return sum + Math.log1p(Math.exp(z)) - y * z;
        },
        b * b + c * c,
      );
    const best = [...coefficients, intercept];
    for (const n of [0, 1, 2])
      for (const by of [-0.01, 0.01]) {
        const near = best.map((value, j) => (j === n ? value + by : value));
        if (near.slice(0, 2).every((value) => value >= 0)) expect(lossOf(near)).toBeGreaterThanOrEqual(lossOf(best) - 1e-6);
      }
  });
});

describe('features as numbers', () => {
  const known = Array.from({ length: 200 }, (_, n): FeatureValues => [n, n % 4 === 0 ? undefined : 5, n % 3 === 0 ? 'a' : 'b', 7]);

  it('are standardised, words apart, and told where they are missing; what never changes is left out', () => {
    const encoding = encodingOf(features, known);
    expect(encoding.map(({ feature, word, isMissing, sign }) => [feature, word ?? (isMissing ? 'missing' : 'number'), sign])).toEqual([
      [0, 'number', 1],
      [1, 'missing', 0],
      [2, 'b', 0],
      [2, 'a', 0],
    ]);
    const numbers = known.map((values) => (encoding[0] ? encoded(encoding[0], values) : 0));
    expect(numbers.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 6);
  });

  it('are no more than the largest of a hundred, and a word that was never seen is none', () => {
    const [number, , b] = encodingOf(features, known);
    if (!number || !b) throw new Error('There is nothing encoded.');
    expect(encoded(number, [1e9])).toBe(encoded(number, [197]));
    expect(encoded(b, [0, 0, 'never seen'])).toBeCloseTo(encoded(b, [0, 0, 'b']) - 1, 9);
  });
});

describe('risk that was learned', () => {
  const model = learnRisk(features, madeUp(4_000, 1), 1);

  it('is near the truth on orders that it has not seen', () => {
    const fresh = madeUp(2_000, 2);
    const errors = fresh.map(({ values }) => Math.abs(model.probability(values) - truth(values)));
    expect(errors.reduce((sum, each) => sum + each, 0) / errors.length).toBeLessThan(0.04);
    const mean = fresh.reduce((sum, { values }) => sum + model.probability(values), 0) / fresh.length;
    expect(mean).toBeCloseTo(fresh.filter(({ wentWrong }) => wentWrong).length / fresh.length, 1);
  });

  it('never falls as what raises it rises, and never rises as what lowers it does, whatever was learned from', () =>
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
        fc.nat(3),
        fc.nat(300),
        (seed, wrong, x, days) => {
          // Outcomes by chance: they may say the contrary.
          const learned = learnRisk(
            features,
            madeUp(60, seed).map((order, n) => ({ ...order, wentWrong: wrong[n] ?? false })),
            1,
          );
          const at = (orders: number, since: number) => learned.probability([orders, since, 'home', 12]);
          expect(at(x + 1, days)).toBeGreaterThanOrEqual(at(x, days));
          expect(at(x, days + 30)).toBeLessThanOrEqual(at(x, days));
        },
      ),
      { numRuns: 40 },
    ));

  it('has reasons that add up to it, the strongest first', () => {
    const { probability, contributions } = model.assess([3, 140, 'parcel shop', 3]);
    expect(contributions[0]?.feature).toBe('orders within an hour');
    const points = contributions.map((each) => each.points);
    expect(points).toEqual(points.toSorted((a, b) => b - a));
    const { coefficients, usual, intercept } = model.state;
    const usually = coefficients.reduce((sum, each, n) => sum + each * (usual[n] ?? 0), intercept);
    expect(sigmoid(points.reduce((sum, each) => sum + each, usually))).toBeCloseTo(probability, 9);
  });

  it('is the same again from what is kept of it', () => {
    const kept = new RiskModel(JSON.parse(JSON.stringify(model.state)) as typeof model.state);
    for (const { values } of madeUp(20, 5)) expect(kept.assess(values)).toEqual(model.assess(values));
  });

  it('heeds what counts more', () => {
    const orders = madeUp(400, 7);
    const heavy = learnRisk(
      features,
      orders.map((order) => ({ ...order, weight: order.wentWrong ? 5 : 1 })),
      1,
    );
    const even = learnRisk(features, orders, 1);
    expect(heavy.probability([1, 50, 'home', 12])).toBeGreaterThan(even.probability([1, 50, 'home', 12]));
  });

  it('is drawn to the base rate the more, the less there is to learn', () => {
    const next = chance(11);
    const noise = madeUp(400, 9).map((order) => ({ ...order, wentWrong: next() < 0.1 }));
    expect(ridgeFor(features, noise)).toBeGreaterThanOrEqual(ridgeFor(features, madeUp(4_000, 1)));
  });
});
