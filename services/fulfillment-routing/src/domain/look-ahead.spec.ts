import { batchProblem } from './batch';
import { broker } from './brokering';
import { factsOf, id, linesOf, location, requestOf, rules, order, shipGroup } from './brokering.fixture';
import { decideAgain, decideOn } from './deciding';
import type { BrokeringFacts, UnitWorth } from './facts';
import { Divergence } from './divergence';
import { KnownNetwork } from './known-network';
import type { LookAhead } from './look-ahead';
import type { CostTable, RoutingRules } from './rules';
import { beginningOf } from './state';

/** Carriage is 400 from the near one, and 600 from the far one. */
const cost: CostTable = { currency: 'GBP', halfCost: 500, handling: {}, rates: [{ from: ['NEAR'], amount: 400 }, { amount: 600 }] };
const weights = { distance: 0, coverage: 0, headroom: 0, split: 0, cost: 100, preference: 0 };
const ahead: LookAhead = { method: 'look-ahead', decides: true, horizonDays: 14, unfilledCost: 5_000 };
const by = (sourcing?: LookAhead): RoutingRules => ({ ...rules, cost, weights, ...(sourcing ? { sourcing } : {}) });

const unitWorth: UnitWorth = { method: 'shadow prices of stock', version: '1', model: 'stock-prices@7', currency: 'GBP' };
const lines = linesOf(['MUG', 2]);
/** A unit of the near one is worth 300 to those who come later; of the far one there is more than anybody wants. */
const facts: BrokeringFacts = {
  ...factsOf(lines, [location('NEAR', [2], { worth: [300] }), location('FAR', [50], { latitude: 55, worth: [0] })]),
  unitWorth,
};
const chosenBy = (sourcing?: LookAhead, known = facts) => broker(by(sourcing), requestOf(lines), known);
const locationsOf = ({ assignments }: ReturnType<typeof broker>) => assignments.map((one) => one.location);
const evidence = (sourcing?: LookAhead) => ({
  decisionId: id(10),
  fulfillmentIds: [id(11)],
  rules: by(sourcing),
  facts,
  now: '2026-11-23T10:00:00.000Z',
});

describe('rules that look ahead', () => {
  it('keep the last units of a region for whom they serve, where somebody else can ship at less than they are worth there', () => {
    expect(locationsOf(chosenBy())).toEqual(['NEAR']);
    const { candidates, assignments } = chosenBy(ahead);
    expect(assignments.map((one) => one.location)).toEqual(['FAR']);
    expect(candidates.map(({ location: code, cost: money, keeps }) => [code, money, keeps])).toEqual([
      ['FAR', 600, 0],
      ['NEAR', 400, 600],
    ]);
  });

  it('only record it while they are in shadow', () => {
    const { candidates, assignments } = chosenBy({ ...ahead, decides: false });
    expect(assignments.map((one) => one.location)).toEqual(['NEAR']);
    expect(candidates.find(({ location: code }) => code === 'NEAR')).toMatchObject({
      cost: 400,
      keeps: 600,
      score: chosenBy().candidates[0]?.score,
    });
  });

  it('route without it where nobody knows what units are worth, or knows it in another currency', () => {
    expect(locationsOf(chosenBy(ahead, factsOf(lines, facts.locations)))).toEqual(['NEAR']);
    expect(locationsOf(chosenBy(ahead, { ...facts, unitWorth: { ...unitWorth, currency: 'EUR' } }))).toEqual(['NEAR']);
  });

  it('leave all in the record that it takes to decide the same again, and otherwise by other rules', () => {
    const [brokered] = decideOn(beginningOf(order), evidence(ahead), { cause: 'confirmed', shipGroup, lines, attempt: 1 });
    if (brokered?.type !== 'OrderBrokered') throw new Error('Nothing was decided.');
    const record = brokered.data;
    expect(record).toMatchObject({ unitWorth, assignments: [{ location: 'FAR' }] });
    expect(locationsOf(decideAgain(record))).toEqual(['FAR']);
    expect(locationsOf(decideAgain(record, by()))).toEqual(['NEAR']);
    expect(locationsOf(decideAgain(record, by(ahead)))).toEqual(['FAR']);
  });

  it('may be tried in a fork of the past: what units were worth then is known in it', () => {
    const [brokered] = decideOn(beginningOf(order), evidence({ ...ahead, decides: false }), {
      cause: 'confirmed',
      shipGroup,
      lines,
      attempt: 1,
    });
    if (brokered?.type !== 'OrderBrokered') throw new Error('Nothing was decided.');
    const terms = { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z', capacity: [], stock: [], closed: [], opened: [] };
    const network = new KnownNetwork(terms, new Map(), new Divergence([]));
    network.see(brokered.data);
    const known = network.factsOf(brokered.data, ['MUG'], { at: brokered.data.brokeredAt, planAheadDays: 0 });
    expect(known).toMatchObject({
      unitWorth,
      locations: expect.arrayContaining([expect.objectContaining({ location: 'NEAR', worth: [300] })]) as object,
    });
    expect(locationsOf(broker(by(ahead), requestOf(lines), known))).toEqual(['FAR']);
  });

  it('put what units are worth to others on the costs of orders that are decided together, and what it costs in money stays what it is', () => {
    const problemBy = (sourcing?: LookAhead) => batchProblem([{ orderId: id(1), request: requestOf(lines), evidence: evidence(sourcing) }]);
    const costsOf = (sourcing?: LookAhead) =>
      new Map(problemBy(sourcing).orders[0]?.places.map((place) => [place.location, place.cost + 2 * (place.perUnit?.[0] ?? 0)]));
    expect(costsOf()).toEqual(
      new Map([
        ['NEAR', 400],
        ['FAR', 600],
      ]),
    );
    expect(costsOf({ ...ahead, decides: false })).toEqual(costsOf());
    expect(costsOf(ahead)).toEqual(
      new Map([
        ['NEAR', 1000],
        ['FAR', 600],
      ]),
    );
  });
});
