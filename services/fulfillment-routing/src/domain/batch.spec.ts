import { isOpen } from './batch';
import type { Decision } from './brokering';
import { decideAgain, decideOn, type Evidence } from './deciding';
import { evidence, factsOf, id, linesOf, location, order, requestOf, rules, shipGroup } from './brokering.fixture';
import type { DecisionRecord } from './events';
import type { BatchPlan, LocationFacts } from './facts';
import { decideInFork, isSame, recordIn } from './forked-order';
import type { RoutingRules } from './rules';
import { beginningOf } from './state';

const lines = linesOf(['MUG', 2], ['TEE', 1]);
const plan = (...parts: BatchPlan['parts']): BatchPlan => ({ batchId: id(90), size: 3, method: 'exact', gap: 0, parts });
const fromFar = plan({
  location: 'FAR',
  lines: [
    { lineId: '1', quantity: 2 },
    { lineId: '2', quantity: 1 },
  ],
});
const split = plan({ location: 'FAR', lines: [{ lineId: '1', quantity: 2 }] }, { location: 'NEAR', lines: [{ lineId: '2', quantity: 1 }] });
const near = location('NEAR', [9, 9]);
const far = (available: readonly number[], over: Partial<LocationFacts> = {}) => location('FAR', available, { latitude: 55, ...over });

const decided = (batch: BatchPlan, locations: readonly LocationFacts[], over: Partial<Evidence> = {}): DecisionRecord => {
  const known = { ...evidence(10, locations, lines), batch, ...over };
  const [brokered] = decideOn(beginningOf(order), known, { cause: 'confirmed', shipGroup, lines, attempt: 1 });
  if (brokered?.type !== 'OrderBrokered') throw new Error('Nothing was decided.');
  return brokered.data;
};
const locationsOf = ({ assignments }: Pick<Decision, 'assignments'>) => assignments.map((one) => one.location);

describe('in a fork of the past', () => {
  const record = decided(fromFar, [near, far([2, 1])]);
  const forked = (by: RoutingRules) => {
    const factsFor = () => factsOf(lines, [near, far([2, 1])]);
    return recordIn(decideInFork({ real: undefined, fork: undefined }, record, { rules: by, factsFor }));
  };

  it('what was decided together stays so by the same rules', () => expect(isSame(record, forked(record.rules))).toBe(true));

  it('each order is decided alone by other rules', () => {
    const made = forked({ ...record.rules });
    expect([made && locationsOf(made), made?.request.batch]).toEqual([['NEAR'], undefined]);
  });
});

describe('lines that are brokered again', () => {
  const known = evidence(10, [near, far([2, 1])], lines);
  const from = (code: string) => [{ location: code, lines }];
  const request = requestOf(lines);

  it('may be planned with those of other orders', () => expect(isOpen(request, from('FAR'), known)).toBe(true));

  it('go alone where there are very many: all others would wait for the search', () => {
    const many = linesOf(...Array.from({ length: 201 }, () => ['MUG', 1] as const));
    const knows = evidence(10, [far([500])], many);
    const isOpenFor = (some: typeof many) => isOpen(requestOf(some), [{ location: 'FAR', lines: some }], knows);
    expect([isOpenFor(many.slice(1)), isOpenFor(many)]).toEqual([true, false]);
  });

  it.each([
    ['somebody has them at hand', { preferred: 'FAR' }, 'FAR', known],
    ['somebody was named for them', { only: 'FAR' }, 'FAR', known],
    ['they need what only comes free with them', {}, 'FAR', evidence(10, [near, far([1, 1])], lines)],
  ])('stay out of a plan of several where %s', (_, more, code, knows) =>
    expect(isOpen({ ...request, ...more }, from(code), knows)).toBe(false),
  );
});

describe('what was decided together with other orders', () => {
  it('goes as it was planned, though another location would be better for it alone', () => {
    const record = decided(fromFar, [near, far([2, 1])]);
    expect(locationsOf(record)).toEqual(['FAR']);
    expect(record.request.batch).toEqual(fromFar);
  });

  it('may be split, though one location has it all', () =>
    expect(decided(split, [near, far([9, 9])]).assignments).toMatchObject([
      { location: 'NEAR', lines: [{ lineId: '2', quantity: 1 }] },
      { location: 'FAR', lines: [{ lineId: '1', quantity: 2 }] },
    ]));

  it.each([
    ['has no more of it', [near, far([1, 1])]],
    ['is full', [near, far([9, 9], { capacity: 3, load: 3 })]],
    ['is not active any more', [near, far([9, 9], { active: false })]],
  ])('is decided alone where the location %s', (_, locations) => expect(locationsOf(decided(fromFar, locations))).toEqual(['NEAR']));

  it('is decided alone where other lines are to go, or it would come from more locations than it may', () => {
    const one = plan({ location: 'FAR', lines: [{ lineId: '1', quantity: 1 }] });
    expect(locationsOf(decided(one, [near, far([9, 9])]))).toEqual(['NEAR']);
    expect(locationsOf(decided(split, [near, far([9, 9])], { rules: { ...rules, maxSplit: 1 } }))).toEqual(['NEAR']);
  });

  it('can be decided again: by the same rules as it was, by others alone', () => {
    const record = decided(fromFar, [near, far([2, 1])]);
    expect(locationsOf(decideAgain(record))).toEqual(['FAR']);
    expect(locationsOf(decideAgain(record, { ...rules }))).toEqual(['NEAR']);
  });
});
