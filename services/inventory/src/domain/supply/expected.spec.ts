import fc from 'fast-check';
import { comeBy, expectedOf, expecting, promisedDates, type ExpectedUnits } from './expected';

const day = (n: number): string => new Date(Date.UTC(2026, 11, n)).toISOString();
const dates = (...units: readonly (readonly [day: number, units: number])[]): readonly ExpectedUnits[] =>
  units.map(([n, of]) => ({ at: day(n), units: of }));

describe('what is expected', () => {
  it('is kept by date, the earliest first, and only as far as something is to come', () => {
    const some = expecting(expecting([], { at: day(9), units: 3 }), { at: day(2), units: 5 });
    expect(some).toEqual(dates([2, 5], [9, 3]));
    expect(expecting(some, { at: day(2), units: -5 })).toEqual(dates([9, 3]));
  });

  it('has come by the date on which the last unit of it comes', () => {
    const some = dates([2, 5], [9, 3]);
    expect([1, 5, 6, 8, 9].map((units) => comeBy(some, units))).toEqual([day(2), day(2), day(9), day(9), undefined]);
  });
});

describe('those who wait', () => {
  it('are promised what is expected first in, first out', () =>
    expect(promisedDates([3, 3, 2], dates([2, 5], [9, 3]))).toEqual([day(2), day(9), day(9)]));

  it('are promised nothing that another has a claim on, and leave what is too little for them to those behind', () =>
    expect(promisedDates([4, 9, 2, 3], dates([2, 5], [9, 3]))).toEqual([day(2), undefined, day(9), undefined]));

  const supply = fc
    .array(fc.record({ day: fc.integer({ min: 1, max: 28 }), units: fc.integer({ min: 1, max: 9 }) }), { maxLength: 6 })
    .map((all) => all.map((each) => ({ at: day(each.day), units: each.units })));
  const queue = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 12 });
  const kept = (all: readonly ExpectedUnits[]): readonly ExpectedUnits[] => all.reduce(expecting, [] as readonly ExpectedUnits[]);

  it('never have more claims than units come, by no date, whoever waits', () =>
    fc.assert(
      fc.property(supply, queue, (all, waiting) => {
        const promised = promisedDates(waiting, kept(all));
        for (const { at } of all) {
          const claimed = waiting.reduce((units, each, i) => ((promised[i] ?? '9') <= at ? units + each : units), 0);
          expect(claimed).toBeLessThanOrEqual(expectedOf({ dates: all.filter((each) => each.at <= at) }));
        }
      }),
    ));

  it('are served in the order in which they came, as far as they have a date', () =>
    fc.assert(
      fc.property(supply, queue, (all, waiting) => {
        const told = promisedDates(waiting, kept(all)).filter((at) => at !== undefined);
        expect(told).toEqual(told.toSorted());
      }),
    ));

  it('end with the same dates, in whatever order supply was told', () =>
    fc.assert(
      fc.property(
        supply.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        queue,
        ([all, shuffled], waiting) => expect(promisedDates(waiting, kept(shuffled))).toEqual(promisedDates(waiting, kept(all))),
      ),
    ));

  it('end with the same dates whether they come one by one or all at once', () =>
    fc.assert(
      fc.property(supply, queue, (all, waiting) => {
        const expected = kept(all);
        let claimed = 0;
        const oneByOne = waiting.map((units) => {
          const [at] = promisedDates([units], expected, claimed);
          claimed += at === undefined ? 0 : units;
          return at;
        });
        expect(oneByOne).toEqual(promisedDates(waiting, expected));
      }),
    ));
});
