import fc from 'fast-check';
import { jsonText } from '../kinds/kind';
import { placeOf } from './field-faults';
import { moved, nearest, placeIn, placeText, valueAt, withValue, type Place } from './places';

const draft = { cost: { currency: 'GBP', rates: [{ amount: 100 }, { amount: 200, to: ['GB'] }] }, exceptions: [] };

describe('a place in a draft', () => {
  it('is named as services name it', () => {
    expect(placeText(['cost', 'rates', 1, 'to', 0])).toBe('cost.rates[1].to[0]');
    expect(placeOf('cost.rates[1].to[0]')).toEqual(['cost', 'rates', 1, 'to', 0]);
    expect([placeIn('rules.cost.currency', 'rules'), placeIn('cost.currency', '')]).toEqual(['cost.currency', 'cost.currency']);
  });

  it('has a value, or none', () => {
    expect(valueAt(draft, ['cost', 'rates', 1, 'to', 0])).toBe('GB');
    expect(valueAt(draft, ['nothing', 0, 'here'])).toBeUndefined();
  });

  it('knows what stands nearest around it', () => {
    expect(nearest(draft, ['cost', 'rates', 0, 'amount'], 'currency')).toBe('GBP');
    expect(nearest(draft, ['exceptions', 0], 'currency')).toBeUndefined();
  });
});

describe('another value', () => {
  it('stands at its place, also where nothing was', () => {
    expect(withValue(draft, ['cost', 'rates', 0, 'amount'], 150)).toMatchObject({ cost: { rates: [{ amount: 150 }, { amount: 200 }] } });
    expect(withValue({}, ['filter', 'except', 0], 'LDN')).toEqual({ filter: { except: ['LDN'] } });
  });

  it('of nothing leaves the field out, and takes the item away', () => {
    expect(withValue(draft, ['cost', 'currency'], undefined)).toMatchObject({ cost: { rates: expect.any(Array) } });
    expect(valueAt(withValue(draft, ['cost', 'rates', 0], undefined), ['cost', 'rates'])).toEqual([{ amount: 200, to: ['GB'] }]);
  });

  const value = fc.jsonValue({ maxDepth: 3 }).filter((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
  const placesIn = (inside: unknown, at: Place = []): readonly Place[] =>
    typeof inside === 'object' && inside !== null
      ? [at, ...Object.entries(inside).flatMap(([name, part]) => placesIn(part, [...at, Array.isArray(inside) ? Number(name) : name]))]
      : [at];

  it('that is what is there already changes nothing, and one and back again loses nothing, as text, too', () =>
    fc.assert(
      fc.property(value, fc.nat(), (draft, which) => {
        const text = jsonText(draft);
        const whole = JSON.parse(text) as unknown;
        const places = placesIn(whole);
        const place = places[which % places.length] ?? [];
        const was = valueAt(whole, place);
        expect(jsonText(withValue(whole, place, was))).toBe(text);
        expect(jsonText(withValue(withValue(whole, place, 'another'), place, was))).toBe(text);
      }),
    ));
});

describe('an item', () => {
  it('goes up and down, and not beyond the ends', () => {
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  });
});
