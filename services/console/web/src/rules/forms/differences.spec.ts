import fc from 'fast-check';
import { changesOf, isSame, listChange } from './differences';
import { placeText } from './places';

const told = (before: unknown, now: unknown): readonly string[] =>
  changesOf(before, now).map((change) =>
    'from' in change
      ? `${placeText(change.place)} was at ${change.from}`
      : `${placeText(change.place)}: ${JSON.stringify(change.before) ?? '-'} > ${JSON.stringify(change.now) ?? '-'}`,
  );

describe('how two drafts differ', () => {
  it('is told field by field, in whatever order the fields stand', () =>
    expect(told({ a: 1, b: { c: 'x', d: true } }, { b: { d: false, c: 'x' }, a: 2 })).toEqual(['a: 1 > 2', 'b.d: true > false']));

  it('names each field of what is new, and of what is gone', () => {
    expect(told({}, { cost: { currency: 'GBP', rates: [{ amount: 1 }] } })).toEqual([
      'cost.currency: - > "GBP"',
      'cost.rates[0].amount: - > 1',
    ]);
    expect(told({ rules: [{ a: 1 }, { a: 2 }] }, { rules: [{ a: 2 }] })).toEqual(['rules[0].a: 1 > -']);
  });

  it('leaves a list of values whole', () => expect(told({ to: ['GB'] }, { to: ['GB', 'IE'] })).toEqual(['to: ["GB"] > ["GB","IE"]']));

  it('knows an item again that others were put before, and that stands elsewhere', () => {
    expect(told([{ a: 1 }, { a: 2 }], [{ a: 0 }, { a: 1 }, { a: 2 }])).toEqual(['[0].a: - > 0']);
    expect(told([{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }])).toEqual(['[1] was at 0']);
  });

  it('says of an item that changed what of it did', () =>
    expect(told([{ a: 1 }, { a: 2, b: 1 }, { a: 3 }], [{ a: 1 }, { a: 2, b: 7 }, { a: 3 }])).toEqual(['[1].b: 1 > 7']));

  const value = fc.jsonValue({ maxDepth: 3 });

  it('is nothing exactly where both say the same', () =>
    fc.assert(fc.property(value, value, (before, now) => expect(changesOf(before, now).length === 0).toBe(isSame(before, now)))));
});

it('of a list it is said what came and what went', () => expect(listChange(['a', 'b'], ['b', 'c'])).toEqual({ added: ['c'], gone: ['a'] }));
