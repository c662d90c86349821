import { broker, type Decision } from './brokering';
import type { BrokeringFacts, BrokeringRequest, LocationFacts } from './facts';
import { factsOf, linesOf, location, requestOf, rules } from './brokering.fixture';

const lines = linesOf(['MUG', 2], ['TEE', 1]);
const decide = (locations: readonly LocationFacts[], over: Partial<BrokeringRequest> = {}): Decision =>
  broker(rules, requestOf(over.lines ?? lines, over), factsOf(over.lines ?? lines, locations));
const chosen = ({ assignments }: Decision): readonly string[] => assignments.map((one) => one.location);
const refusals = ({ candidates }: Decision): object => Object.fromEntries(candidates.map(({ location: code, refusal }) => [code, refusal]));

const near = { latitude: 51.6 };
const far = { latitude: 57 };

describe('which location ships an order', () => {
  it('the nearest that has everything', () => {
    const decision = decide([location('FAR', [9, 9], far), location('NEAR', [2, 1], near)]);
    expect(decision.assignments).toEqual([{ location: 'NEAR', lines }]);
    expect(decision.unfilled).toEqual([]);
  });

  it('a far one alone rather than two near ones', () =>
    expect(chosen(decide([location('A', [2, 0], near), location('B', [0, 1], near), location('FAR', [2, 1], far)]))).toEqual(['FAR']));

  it('the less busy of two equals', () => {
    const busy = location('A', [5, 5], { load: 90, capacity: 100 });
    expect(chosen(decide([busy, location('B', [5, 5], { load: 10, capacity: 100 })]))).toEqual(['B']);
  });

  it('the first by code when all is equal, however the facts were read', () => {
    const [a, b] = [location('A', [5, 5]), location('B', [5, 5])];
    expect(chosen(decide([b, a]))).toEqual(['A']);
    expect(decide([b, a])).toEqual(decide([a, b]));
  });

  it('does not count distance when the destination is unknown', () => {
    const facts = {
      ...factsOf(lines, [location('FAR', [9, 9], far), location('NEAR', [9, 9], near)]),
      destination: { locatedBy: 'unknown' as const },
    };
    const { candidates } = broker(rules, requestOf(lines), facts);
    expect(candidates.map(({ components, distanceKm }) => [components.distance, distanceKm])).toEqual([
      [25, undefined],
      [25, undefined],
    ]);
  });
});

describe('a distance from the middle of a country', () => {
  const middle = { locatedBy: 'country', latitude: 51.5, longitude: 0 } as const;
  const scored = (locations: readonly LocationFacts[], destination: BrokeringFacts['destination'] = middle): Record<string, number> =>
    Object.fromEntries(
      broker(rules, requestOf(lines), { ...factsOf(lines, locations), destination }).candidates.map(({ location: code, components }) => [
        code,
        components.distance,
      ]),
    );

  it('makes nobody near: who happens to be there gets no more than who is in the next town', () =>
    expect(scored([location('MIDDLE', [9, 9]), location('TOWN', [9, 9], { latitude: 53 })])).toEqual({ MIDDLE: 25, TOWN: 25 }));
  it('says all the same who is on another continent', () =>
    expect(scored([location('FAR', [9, 9], { latitude: -33 })])['FAR']).toBeLessThan(5));
  it('never outranks one that is known exactly', () => {
    const known = scored([location('A', [9, 9], { latitude: 52 })], { ...middle, locatedBy: 'postal-area' })['A'];
    expect(scored([location('A', [9, 9])])['A']).toBeLessThan(known ?? 0);
  });
});

describe('across the date line', () => {
  it('whoever is on the other side of it is near', () => {
    const fiji = { locatedBy: 'coordinates', latitude: -17, longitude: 179.9 } as const;
    const east = location('TAVEUNI', [9, 9], { latitude: -17, longitude: -179.9 });
    const west = location('NOUMEA', [9, 9], { latitude: -22, longitude: 166 });
    const { candidates } = broker(rules, requestOf(lines), { ...factsOf(lines, [west, east]), destination: fiji });
    expect(candidates.map(({ location: code }) => code)).toEqual(['TAVEUNI', 'NOUMEA']);
    expect(candidates[0]?.distanceKm).toBeLessThan(25);
  });
});

describe('a split', () => {
  it('takes as few locations as can be, also when the best alone would lead to more', () => {
    const wanted = linesOf(['A', 1], ['B', 1], ['C', 1], ['D', 1]);
    const decision = decide(
      [location('MOST', [1, 1, 1, 0], near), location('LEFT', [1, 1, 0, 0], far), location('RIGHT', [0, 0, 1, 1], far)],
      { lines: wanted },
    );
    expect(decision.assignments).toHaveLength(2);
    expect(chosen(decision)).toEqual(['MOST', 'RIGHT']);
  });

  it('may divide one line over locations', () =>
    expect(decide([location('A', [6], near), location('B', [5], far)], { lines: linesOf(['MUG', 10]) }).assignments).toEqual([
      { location: 'A', lines: [{ lineId: '1', sku: 'MUG', quantity: 6 }] },
      { location: 'B', lines: [{ lineId: '1', sku: 'MUG', quantity: 4 }] },
    ]));

  it('counts two lines of one SKU against the same stock', () => {
    const twice = linesOf(['MUG', 2], ['MUG', 2]);
    expect(decide([location('A', [3])], { lines: twice })).toMatchObject({ assignments: [], because: 'short' });
    expect(decide([location('A', [4])], { lines: twice }).assignments).toEqual([{ location: 'A', lines: twice }]);
  });

  it('is never over more locations than allowed: then nothing is assigned', () => {
    const wanted = linesOf(['A', 1], ['B', 1], ['C', 1], ['D', 1]);
    const each = ['A', 'B', 'C', 'D'].map((code, i) =>
      location(
        code,
        wanted.map((_, n) => (n === i ? 1 : 0)),
      ),
    );
    expect(decide(each, { lines: wanted })).toMatchObject({ assignments: [], because: 'split-limit', unfilled: [{}, {}, {}, {}] });
    expect(decide(each.slice(0, 3), { lines: wanted.slice(0, 3) }).assignments).toHaveLength(3);
  });

  it('counts the locations that ship other lines of the order', () => {
    const two = [location('A', [2, 0]), location('B', [0, 1])];
    expect(chosen(decide(two, { inUse: ['X'] }))).toEqual(['A', 'B']);
    expect(decide(two, { inUse: ['X', 'Y'] })).toMatchObject({ because: 'split-limit' });
    expect(chosen(decide(two, { inUse: ['X', 'A'] }))).toEqual(['A', 'B']);
  });
});

describe('a location is refused with its reason', () => {
  it('when it is closed, full, empty or was tried before', () => {
    const decision = decide(
      [
        location('CLOSED', [9, 9], { active: false }),
        location('FULL', [9, 9], { load: 5, capacity: 5 }),
        location('EMPTY', [0, -3]),
        location('TRIED', [9, 9]),
        location('LAST', [2, 1], far),
      ],
      { excluded: ['TRIED'] },
    );
    expect(refusals(decision)).toEqual({
      CLOSED: 'inactive',
      FULL: 'over-capacity',
      EMPTY: 'no-stock',
      TRIED: 'excluded',
      LAST: undefined,
    });
    expect(chosen(decision)).toEqual(['LAST']);
  });

  it('when the customer fetches it elsewhere, however near and full it is', () => {
    const decision = decide([location('NEAR', [9, 9]), location('SHOP', [2, 1], far)], { pickupLocation: 'SHOP' });
    expect(refusals(decision)).toEqual({ NEAR: 'not-pickup-location', SHOP: undefined });
    expect(chosen(decision)).toEqual(['SHOP']);
    expect(decide([location('NEAR', [9, 9])], { pickupLocation: 'SHOP' })).toMatchObject({ assignments: [], because: 'short' });
  });
});

describe('nothing is assigned', () => {
  it('when stock is short: every line waits, and says how much of it there is', () =>
    expect(decide([location('A', [1, 9]), location('OFF', [9, 9], { active: false })])).toMatchObject({
      assignments: [],
      because: 'short',
      unfilled: [
        { lineId: '1', sku: 'MUG', requested: 2, available: 1 },
        { lineId: '2', sku: 'TEE', requested: 1, available: 1 },
      ],
    }));

  it('when the lines were brokered too often', () =>
    expect(decide([location('A', [9, 9])], { attempt: 4 })).toMatchObject({ assignments: [], because: 'attempts-exhausted' }));

  it('where no location is known', () => expect(decide([])).toMatchObject({ assignments: [], because: 'short', candidates: [] }));
});

describe('a large network', () => {
  it('is looked at closely only near the top, and where the quantity needs more', () => {
    const many = Array.from({ length: 120 }, (_, i) => location(`S${String(i).padStart(3, '0')}`, [1], { latitude: 40 + i / 10 }));
    const { candidates, overlooked } = decide(many, { lines: linesOf(['MUG', 2]) });
    expect([candidates.length, overlooked]).toEqual([50, 70]);
    const short = broker({ ...rules, maxSplit: 60 }, requestOf(linesOf(['MUG', 60])), factsOf(linesOf(['MUG', 60]), many));
    expect(short.assignments).toHaveLength(60);
  });

  it('decides 10,000 lines over 200 locations', () => {
    const wanted = linesOf(...Array.from({ length: 10_000 }, (_, i) => [`SKU-${i}`, 1 + (i % 3)] as const));
    const locations = Array.from({ length: 200 }, (_, n) =>
      location(
        `L${String(n).padStart(3, '0')}`,
        wanted.map((_, i) => ((i + n) % 4 === 0 ? 0 : 5)),
        { latitude: 30 + n / 10 },
      ),
    );
    const decision = decide(locations, { lines: wanted });
    expect(decision.assignments.flatMap((one) => one.lines)).toHaveLength(10_000);
    expect(decision.assignments).toHaveLength(2);
  });
});
