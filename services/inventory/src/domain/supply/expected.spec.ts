import fc from 'fast-check';
import { comeBy, expectedOf, expecting, promisedDates, promisedLines, type ExpectedUnits, type WaitingUnits } from './expected';

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

describe('a kit that waits', () => {
  const lamp = (units: number) => ({ sku: 'LAMP', units });
  const bulb = (units: number) => ({ sku: 'BULB', units });
  const kit = (...pieces: WaitingUnits['pieces']): WaitingUnits => ({ kit: true, pieces });
  const alone = (...pieces: WaitingUnits['pieces']): WaitingUnits => ({ kit: false, pieces });
  const pools =
    (
      lamps: readonly ExpectedUnits[],
      bulbs: readonly ExpectedUnits[],
      shelf = 0,
    ): ((sku: string) => { readonly dates: readonly ExpectedUnits[]; readonly shelf: number }) =>
    (sku) =>
      sku === 'LAMP' ? { dates: lamps, shelf: 0 } : { dates: bulbs, shelf };

  it('is dated by its scarcest part', () =>
    expect(promisedLines([kit(lamp(1), bulb(2))], pools(dates([2, 5]), dates([9, 3])))).toEqual([{ at: day(9), parts: ['LAMP', 'BULB'] }]));

  it('counts on what is there, once', () =>
    expect(promisedLines([kit(lamp(1), bulb(2)), kit(lamp(1), bulb(2))], pools(dates([2, 5]), dates([9, 3]), 3))).toEqual([
      { at: day(2), parts: ['LAMP'] },
      { at: day(9), parts: ['LAMP', 'BULB'] },
    ]));

  it('has no claim on any part, if one of them is not to be had', () =>
    expect(promisedLines([kit(lamp(1), bulb(2)), alone(lamp(5))], pools(dates([2, 5]), []))).toEqual([
      undefined,
      { at: day(2), parts: ['LAMP'] },
    ]));

  const expected = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 })), { maxLength: 4 });
  const waiting = fc.array(
    fc.oneof(
      fc
        .record({ lamps: fc.integer({ min: 1, max: 3 }), bulbs: fc.integer({ min: 1, max: 3 }) })
        .map(({ lamps, bulbs }) => kit(lamp(lamps), bulb(bulbs))),
      fc.integer({ min: 1, max: 3 }).map((units) => alone(bulb(units))),
    ),
    { maxLength: 10 },
  );
  const soonest = (all: readonly (readonly [number, number])[]): readonly ExpectedUnits[] =>
    all.map(([n, units]) => ({ at: day(n), units })).reduce(expecting, [] as readonly ExpectedUnits[]);

  it('never claims with all others more of any part than comes or is there', () =>
    fc.assert(
      fc.property(expected, expected, fc.nat({ max: 5 }), waiting, (lamps, bulbs, shelf, lines) => {
        const poolOf = pools(soonest(lamps), soonest(bulbs), shelf);
        const promised = promisedLines(lines, poolOf);
        for (const sku of ['LAMP', 'BULB']) {
          const units = (comes: boolean): number =>
            lines.reduce((sum, line, i) => {
              const made = promised[i];
              const needed = line.pieces.find((piece) => piece.sku === sku)?.units ?? 0;
              return made && made.parts.includes(sku) === comes ? sum + needed : sum;
            }, 0);
          expect(units(true)).toBeLessThanOrEqual(expectedOf(poolOf(sku)));
          expect(units(false)).toBeLessThanOrEqual(poolOf(sku).shelf);
        }
      }),
    ));

  it('aside, those who wait have the same dates as if there were no kits', () =>
    fc.assert(
      fc.property(expected, fc.array(fc.integer({ min: 1, max: 5 })), (bulbs, units) =>
        expect(
          promisedLines(
            units.map((each) => alone(bulb(each))),
            pools([], soonest(bulbs)),
          ).map((made) => made?.at),
        ).toEqual(promisedDates(units, soonest(bulbs))),
      ),
    ));
});
