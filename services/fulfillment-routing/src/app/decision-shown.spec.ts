import { broker } from '../domain/brokering';
import { factsOf, linesOf, location, requestOf, rules } from '../domain/brokering.fixture';
import type { BatchPlan, Located } from '../domain/facts';
import { whyOf } from './decision-shown';

const lines = linesOf(['MUG', 1]);
const why = (destination: Located): readonly string[] => {
  const decision = broker(rules, requestOf(lines), { ...factsOf(lines, [location('A', [9], { latitude: 53 })]), destination });
  return whyOf({
    ...decision,
    rules,
    request: requestOf(lines),
    skus: ['MUG'],
    destination,
    assignments: decision.assignments.map((each) => ({ fulfillmentId: 'f', ...each })),
  });
};
const point = { latitude: 51.5, longitude: 0 };

it('says how far it is where that is known', () => {
  const [chosen, ...more] = why({ locatedBy: 'postal-area', ...point });
  expect(chosen).toMatch(/, 166\.8 km away\.$/);
  expect(more).toEqual([]);
});

it('says of the middle of a country that it is only that', () => {
  const [chosen, warning] = why({ locatedBy: 'country', ...point });
  expect(chosen).toMatch(/, about 170 km from the middle of the country\.$/);
  expect(warning).toMatch(/Nobody knows where in its country it goes/);
});

it('makes no distance up', () => expect(why({ locatedBy: 'unknown' })[0]).toMatch(/, distance unknown\.$/));

it('says what is made up of weights, where they matter', () => {
  const priced = {
    ...rules,
    cost: { currency: 'GBP', halfCost: 500, handling: { A: 90 }, rates: [{ zone: 'all', amount: 300, perKg: 50 }] },
  };
  const facts = factsOf(lines, [location('A', [9])]);
  const decision = broker(priced, requestOf(lines), facts);
  const shown = (weights: readonly (number | null)[]) =>
    whyOf({
      ...decision,
      ...facts,
      rules: priced,
      request: requestOf(lines),
      weights,
      assignments: decision.assignments.map((each) => ({ fulfillmentId: 'f', ...each })),
    });
  expect(shown([null])[0]).toMatch(/, all of it for 440 \(carriage 350 in zone all, handling 90; 1000 g\)\.$/);
  expect(shown([null])[1]).toBe('Nobody knows what MUG weighs: each unit counts as 1000 g.');
  expect(shown([350])).toHaveLength(1);
});

it('says that it was decided together with others, and whether that could be kept', () => {
  const locations = [location('A', [9]), location('B', [9], { latitude: 55 })];
  const shown = (parts: BatchPlan['parts']) => {
    const batch = { batchId: 'b', size: 3, method: 'exact' as const, gap: 0, parts };
    const request = requestOf(lines, { batch });
    const [facts, { assignments, ...decision }] = [factsOf(lines, locations), broker(rules, request, factsOf(lines, locations))];
    return whyOf({ ...decision, ...facts, rules, request, assignments: assignments.map((each) => ({ fulfillmentId: 'f', ...each })) });
  };
  const mug = { lineId: '1', quantity: 1 };
  expect(shown([{ location: 'B', lines: [mug] }])).toContain('Decided together with 2 other(s): there is no cheaper plan for all of them.');
  expect(shown([{ location: 'C', lines: [mug] }]).join()).toMatch(/decided again, alone/);
});
