import fc from 'fast-check';
import { blockedBy, type CarrierRule, type CarrierRules, type ToBeCarried } from './carrier-rules';
import { isOfHazard } from './hazards';
import { evenWeights } from './scores';
import { choiceOrders, rated, type Offer, type Preferences } from './rates';

const offer = (carrier: string, service: string, cost: number, days?: number): Offer => ({
  ...{ carrier, service, currency: 'GBP', cost },
  ...(days === undefined ? {} : { days }),
});
const cheap = offer('vans', 'standard', 300, 4);
const quick = offer('post', 'standard', 900, 1);
const express = offer('post', 'express', 1_500, 1);
const by = (order: Preferences['by']): Preferences => ({ by: order, carriers: ['post', 'vans'] });
const among = (offers: readonly Offer[], more: object = {}) => ({ offers, declined: [], wish: {}, ...more });
const codesOf = (preferences: Preferences, toChoose: Parameters<typeof rated>[1]): readonly string[] =>
  rated(preferences, toChoose).rates.offers.map((each) => (each.chosen ? 'chosen' : each.reason.code));

describe('between offers', () => {
  it.each([
    ['cost', ['chosen', 'dearer']],
    ['speed', ['slower', 'chosen']],
    ['preference', ['less-preferred', 'chosen']],
  ] as const)('%s decides, and the other is told why it was not chosen', (order, codes) =>
    expect(codesOf(by(order), among([cheap, quick]))).toEqual(codes),
  );

  it('how well a lane goes decides, and of what nobody knows nothing is expected', () => {
    const known = (share: number) => ({ share, parcels: 40, basis: 'lane' as const });
    const [good, poor] = [
      { ...quick, performance: known(9_650) },
      { ...cheap, performance: known(8_000) },
    ];
    expect(rated(by('performance'), among([poor, good])).rates.offers).toMatchObject([
      {
        chosen: false,
        reason: { code: 'less-reliable', detail: '80 % in time on this lane against 96.5 %.' },
        performance: { share: 8_000 },
      },
      { chosen: true },
    ]);
    expect(codesOf(by('performance'), among([cheap, good]))).toEqual(['less-reliable', 'chosen']);
    expect(codesOf(by('performance'), among([cheap, quick]))).toEqual(['chosen', 'dearer']);
  });

  it('what is weighed is told with its weights and what each offer came to', () => {
    const performance = (share: number) => ({ share, parcels: 40, basis: 'lane' as const });
    const [poor, good] = [
      { ...cheap, performance: performance(5_000) },
      { ...quick, performance: performance(10_000) },
    ];
    const weighing = (weights: object) => ({ ...by('weighted'), weights: { ...evenWeights, ...weights } });
    const costOnly = { speed: 0, preference: 0, performance: 0 };
    expect(rated(weighing(costOnly), among([poor, good])).rates).toMatchObject({
      weights: { cost: 1, speed: 0 },
      offers: [
        { chosen: true, score: 10_000 },
        { chosen: false, score: 3_333, reason: { code: 'lower-score', detail: '3333 against 10000, of 10,000.' } },
      ],
    });
    // 1 and 1/3 of cost, 1/4 and 1 of speed, 1/2 and 1 of both others.
    expect(rated(weighing({}), among([poor, good])).rates.offers).toMatchObject([{ score: 5_625 }, { score: 8_333, chosen: true }]);
    expect(rated(weighing({ cost: 9 }), among([poor, good])).rates.offers).toMatchObject([
      { score: 8_542, chosen: true },
      { score: 5_000 },
    ]);
    const free = offer('vans', 'standard', 0);
    expect(rated(weighing(costOnly), among([free, good])).rates.offers).toMatchObject([{ score: 10_000, chosen: true }, { score: 0 }]);
  });

  it('what was asked for goes before what was sold, and that before what is cheap', () => {
    expect(codesOf(by('cost'), among([cheap, express], { sold: 'express' }))).toEqual(['service-not-sold', 'chosen']);
    expect(codesOf(by('cost'), among([cheap, express], { sold: 'standard', wish: { service: 'express' } }))).toEqual([
      'not-wished',
      'chosen',
    ]);
    expect(codesOf(by('cost'), among([cheap, quick], { wish: { carrier: 'post' } }))).toEqual(['not-wished', 'chosen']);
  });

  it('what was sold binds only where anybody has a service of that name', () =>
    expect(codesOf(by('cost'), among([cheap, express], { sold: 'next-tuesday' }))).toEqual(['chosen', 'dearer']));

  it('numbers of two currencies are not compared: those of the preferred carrier’s are', () =>
    expect(codesOf(by('cost'), among([{ ...cheap, currency: 'JPY' }, quick]))).toEqual(['currency-differs', 'chosen']));

  it('a carrier that does not say how long it takes is no fast one', () =>
    expect(codesOf(by('speed'), among([offer('vans', 'standard', 1), quick]))).toEqual(['slower', 'chosen']));

  it('none is chosen where all declined, and each says why', () => {
    const declined = [{ carrier: 'post', reason: { code: 'too-heavy', by: 'carrier' } }];
    expect(rated(by('cost'), { offers: [], declined, wish: {} })).toEqual({
      inPlay: [],
      rates: { by: 'cost', offers: [{ carrier: 'post', reason: { code: 'too-heavy', by: 'carrier' }, chosen: false }] },
    });
  });

  it('exactly one is chosen, the same in whatever order they are told, and none beats it', () => {
    const offers = fc.uniqueArray(
      fc.record({
        ...{ carrier: fc.constantFrom('post', 'vans'), service: fc.constantFrom('a', 'b', 'c'), currency: fc.constant('GBP') },
        ...{ cost: fc.integer({ min: 0, max: 5 }), days: fc.integer({ min: 1, max: 3 }) },
      }),
      { selector: ({ carrier, service }) => `${carrier} ${service}`, minLength: 1 },
    );
    const shuffled = offers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...choiceOrders), ([all, other], order) => {
        const { chosen, rates } = rated(by(order), among(all));
        const scores = rates.offers.map((each) => ('score' in each ? (each.score ?? 0) : 0));
        const best = rates.offers.find((each) => each.chosen);
        const again = rated(by(order), among(other)).chosen;
        const key = ({ carrier, cost, days = 0 }: Offer) => ({ cost, speed: days, preference: ['post', 'vans'].indexOf(carrier) });
        if (!chosen || !again) throw new Error('Nothing was chosen.');
        expect(key(again)).toEqual(key(chosen));
        expect(rates.offers.filter((each) => each.chosen)).toMatchObject([{ ...chosen, chosen: true }]);
        expect(best && 'score' in best ? best.score : 0).toBe(Math.max(...scores));
        if (order === 'performance' || order === 'weighted') return;
        for (const each of all) expect(key(each)[order]).toBeGreaterThanOrEqual(key(chosen)[order]);
      }),
    );
  });
});

describe('a rule of carriers', () => {
  const shipment: ToBeCarried = {
    ...{ country: 'US', location: 'LEEDS', skus: ['LAMP', 'BATTERY'], parcelGrams: [900, 4_000] },
    ...{ hazards: ['UN3480'], hsCodes: ['85076000'], value: { currency: 'EUR', amount: 20_000 } },
  };
  const said = { code: 'hazmat', detail: 'Batteries do not fly.' };
  const express = { carrier: 'post', service: 'express' };
  const blocked = (
    rule: Partial<CarrierRule>,
    goods: ToBeCarried = shipment,
    known: CarrierRules['modes'] = new Map([['post/express', 'air']]),
  ) => blockedBy({ rules: [{ ...said, ...rule }], modes: known }, express, goods);

  it('blocks where all that it names is so, and says why', () => {
    const conditions = { service: 'express', countries: ['US', 'CA'], skus: ['BATTERY'], overGrams: 3_000 };
    const goods = {
      mode: 'air' as const,
      hazards: ['lithium-batteries'],
      hsCodes: ['8507'],
      overValue: { currency: 'EUR', amount: 19_999 },
    };
    expect(blocked({ ...conditions, ...goods })).toEqual({ ...said, by: 'policy' });
    expect(blocked({})).toEqual({ ...said, by: 'policy' });
  });

  it.each<Partial<CarrierRule>>([
    { carrier: 'vans' },
    { service: 'standard' },
    { mode: 'ground' },
    { countries: ['GB'] },
    { locations: ['YORK'] },
    { skus: ['MUG'] },
    { hazards: ['flammables', 'UN3481'] },
    { hsCodes: ['9303'] },
    { overGrams: 4_000 },
    { overValue: { currency: 'EUR', amount: 20_000 } },
    { overValue: { currency: 'USD', amount: 30_000 } },
  ])('does not block where %j is not so', (condition) => expect(blocked(condition)).toBeUndefined());

  it('is on the safe side of what nobody knows: how a service goes, what the goods are worth', () => {
    const { value: _unknown, ...goods } = shipment;
    expect(blocked({ mode: 'ground' }, shipment, new Map())).toBeDefined();
    expect(blocked({ overValue: { currency: 'EUR', amount: 1_000_000 } }, goods)).toBeDefined();
    expect(
      blocked({ overValue: { currency: 'EUR', amount: 1_000_000 } }, { ...goods, value: { currency: 'XTS', amount: 1 } }),
    ).toBeDefined();
  });

  it.each([
    ['any', 'UN0336', true],
    ['UN0336', 'UN0336', true],
    ['flammables', 'UN1266', true],
    ['flammables', 'UN3480', false],
    ['constructor', 'UN3480', false],
  ])('that names %s means %s: %s', (name, unNumber, is) => expect(isOfHazard(unNumber, name)).toBe(is));
});
