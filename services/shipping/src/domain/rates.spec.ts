import fc from 'fast-check';
import { blockedBy } from './carrier-rules';
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
        const again = rated(by(order), among(other)).chosen;
        const key = ({ carrier, cost, days = 0 }: Offer) => ({ cost, speed: days, preference: ['post', 'vans'].indexOf(carrier) });
        if (!chosen || !again) throw new Error('Nothing was chosen.');
        expect(key(again)).toEqual(key(chosen));
        expect(rates.offers.filter((each) => each.chosen)).toEqual([{ ...chosen, chosen: true }]);
        for (const each of all) expect(key(each)[order]).toBeGreaterThanOrEqual(key(chosen)[order]);
      }),
    );
  });
});

describe('a rule of carriers', () => {
  const shipment = { country: 'US', location: 'LEEDS', skus: ['LAMP', 'BATTERY'], parcelGrams: [900, 4_000] };
  const said = { code: 'hazmat', detail: 'Batteries do not fly.' };
  const express = { carrier: 'post', service: 'express' };

  it('blocks where all that it names is so, and says why', () => {
    const rule = { ...said, service: 'express', countries: ['US', 'CA'], skus: ['BATTERY'], overGrams: 3_000 };
    expect(blockedBy([rule], express, shipment)).toEqual({ ...said, by: 'policy' });
    expect(blockedBy([{ ...said }], express, shipment)).toEqual({ ...said, by: 'policy' });
  });
  it.each([
    { carrier: 'vans' },
    { service: 'standard' },
    { countries: ['GB'] },
    { locations: ['YORK'] },
    { skus: ['MUG'] },
    { overGrams: 4_000 },
  ])('does not block where %j is not so', (condition) => expect(blockedBy([{ ...said, ...condition }], express, shipment)).toBeUndefined());
});
