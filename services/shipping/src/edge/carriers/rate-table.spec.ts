import { rateTableOf } from './rate-table';
import { modesIn } from '.';
import { carrierRulesOf } from './rules-file';

const header = 'service,country,postal_prefix,up_to_grams,price,currency,days';
const lines = [
  'standard,GB,,1000,350,GBP,3',
  'standard,GB,,5000,600,GBP,3',
  'standard,GB,BT,1000,700,GBP,5',
  'standard,*,,2000,1500,GBP,8',
  'express,GB,,1000,990,GBP,1',
];
const table = (...more: readonly string[]) => rateTableOf([header, ...lines, ...more].join('\n'));
const to = (country: string, postalCode: string, ...grams: readonly number[]) => ({
  recipient: { name: 'Ada', address: { lines: ['1 High Street'], city: 'X', postalCode, country } },
  parcels: grams.map((weightGrams, n) => ({ parcelId: String(n + 1), weightGrams, lines: [] })),
});

describe('a table of rates', () => {
  it('knows its services, from the slowest to the fastest', () => expect(table().services).toEqual(['standard', 'express']));

  it.each([
    ['a parcel up to the first weight', to('GB', 'LS1 4AB', 1_000), { cost: 350, days: 3 }],
    ['one that is a gram heavier', to('GB', 'LS1 4AB', 1_001), { cost: 600, days: 3 }],
    ['two parcels', to('GB', 'LS1 4AB', 500, 4_000), { cost: 950, days: 3 }],
    ['the zone of the longest prefix, however the code is written', to('GB', 'bt-7 1nn', 900), { cost: 700, days: 5 }],
    ['a country that has no row of its own', to('NZ', '', 900), { cost: 1_500, days: 8 }],
    ['what is too heavy for its zone', to('GB', 'BT7 1NN', 1_200), { code: 'too-heavy' }],
  ])('prices %s', (_, way, price) => expect(table().priceOf('standard', way)).toMatchObject(price));

  it('does not serve what no row names', () =>
    expect(table().priceOf('express', to('FR', '75001', 100))).toMatchObject({ code: 'not-served' }));

  it.each([
    ['express,GB,,1000,9.90,GBP,1', /line 7: price "9.90" is no whole number/],
    ['express,UK,,2000,990,GBP,1', /line 7: country "UK"/],
    ['express,GB,,2000,990,EUR,1', /line 7: all prices are of one currency/],
    ['express,GB,,1000,880,GBP,1', /line 7: says again/],
    ['express,*,BT,1000,880,GBP,1', /line 7: a postal_prefix needs its country/],
    ['Express!,GB,,1000,880,GBP,1', /line 7: service/],
  ])('is refused with the line that cannot be relied on: %s', (line, message) => expect(() => table(line)).toThrow(message));

  it('is refused without lines, or without a column', () => {
    expect(() => rateTableOf(header)).toThrow(/no line below its header/);
    expect(() => rateTableOf('service,country\nstandard,GB')).toThrow(/no column postal_prefix/);
  });
});

describe('how services go', () => {
  const read = (CARRIER_MODES: string) => modesIn({ CARRIER_MODES });
  it('is read as it is written', () => expect(read('post/express=air, vans/standard=ground').get('vans/standard')).toBe('ground'));
  it.each(['post=air', 'post/express', 'post/express=rail'])('is refused where it says nothing: %s', (text) =>
    expect(() => read(text)).toThrow(/CARRIER_MODES/),
  );
});

describe('a file of rules', () => {
  const rule = {
    service: 'express',
    countries: ['US'],
    hazards: ['UN3480', 'any'],
    hsCodes: ['93'],
    mode: 'air',
    channels: ['web'],
    methods: ['ship'],
    overValue: { currency: 'EUR', amount: 1 },
    code: 'embargo',
    detail: 'Not there.',
  };
  it('is read as it is written', () => expect(carrierRulesOf(JSON.stringify([rule]))).toEqual([rule]));
  it.each([
    [{ ...rule, country: 'US' }, /\[0\]: has the unknown field country/],
    [{ code: 'embargo' }, /\[0\]: has no detail/],
    [{ ...rule, countries: ['UK'] }, /\[0\]: has a countries that cannot be/],
    [{ ...rule, mode: 'rail' }, /\[0\]: has a mode that cannot be/],
    [{ ...rule, hazards: ['explosives'] }, /\[0\]: has a hazards that cannot be/],
    [{ ...rule, hsCodes: ['93.03'] }, /\[0\]: has a hsCodes that cannot be/],
    [{ ...rule, overValue: { currency: 'EUR', amount: 1.5 } }, /\[0\]: has a overValue that cannot be/],
    ['no', /\[0\]: must be an object/],
  ])('is refused with the place that cannot be relied on: %j', (bad, message) =>
    expect(() => carrierRulesOf(JSON.stringify([bad]))).toThrow(message),
  );
  it('is a list', () => expect(() => carrierRulesOf('{}')).toThrow(/must be a list/));
});
