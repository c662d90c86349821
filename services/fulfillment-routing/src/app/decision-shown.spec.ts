import { broker } from '../domain/brokering';
import { factsOf, linesOf, location, requestOf, rules } from '../domain/brokering.fixture';
import type { Located } from '../domain/facts';
import { whyOf } from './decision-shown';

const lines = linesOf(['MUG', 1]);
const why = (destination: Located): readonly string[] => {
  const decision = broker(rules, requestOf(lines), { ...factsOf(lines, [location('A', [9], { latitude: 53 })]), destination });
  return whyOf({
    ...decision,
    rules,
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
      weights,
      assignments: decision.assignments.map((each) => ({ fulfillmentId: 'f', ...each })),
    });
  expect(shown([null])[0]).toMatch(/, all of it for 440 \(carriage 350 in zone all, handling 90; 1000 g\)\.$/);
  expect(shown([null])[1]).toBe('Nobody knows what MUG weighs: each unit counts as 1000 g.');
  expect(shown([350])).toHaveLength(1);
});
