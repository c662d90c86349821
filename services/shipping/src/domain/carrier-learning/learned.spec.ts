import fc from 'fast-check';
import { betaDraw, drawsOf, normalDraw } from './draws';
import { LearnedCarriers, type LearnedTerms, type ToChoose } from './learned';
import type { ParcelOutcome } from './parcels-seen';

const lane = 'LDN>GB';
const terms: LearnedTerms = { perDayLate: 2, perLost: 50, floor: 0, bound: 1 };
const offers = [
  { service: 'post/standard', cost: 4 },
  { service: 'vans/next-day', cost: 6 },
];
const asked = (change: Partial<ToChoose> = {}): ToChoose => ({
  currency: 'GBP',
  lane,
  offers,
  baseline: 'vans/next-day',
  terms,
  ...change,
});
const delivered = (daysLate: number, day = 0): ParcelOutcome => ({ day, end: 'delivered', daysLate });

const taught = (service: string, outcomes: readonly ParcelOutcome[], carriers = new LearnedCarriers()): LearnedCarriers => {
  for (const outcome of outcomes) carriers.learn({ lane, service }, outcome);
  return carriers;
};
const times = <Item>(count: number, item: Item): readonly Item[] => Array.from({ length: count }, () => item);

/** What is chosen in many worlds. */
const chosenIn = (worlds: number, carriers: LearnedCarriers, question = asked()) =>
  Array.from({ length: worlds }, (_, n) => carriers.choose(question, drawsOf(String(n))));
const shareOf = (service: string, choices: readonly { readonly service: string }[]): number =>
  choices.filter((choice) => choice.service === service).length / choices.length;

describe('draws', () => {
  const many = <Drawn>(draw: () => Drawn): readonly Drawn[] => Array.from({ length: 4000 }, draw);
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

  it('have the means of their distributions, and stay where those are', () => {
    const random = drawsOf('means');
    const [beta, scarce] = [many(() => betaDraw(3, 7, random)), many(() => betaDraw(0.2, 1.8, random))];
    for (const each of [...beta, ...scarce]) expect(each >= 0 && each <= 1).toBe(true);
    expect(mean(beta)).toBeCloseTo(0.3, 1);
    expect(mean(scarce)).toBeCloseTo(0.1, 1);
    const normal = many(() => normalDraw(random));
    expect(Math.abs(mean(normal))).toBeLessThan(0.06);
    expect(mean(normal.map((each) => each * each))).toBeCloseTo(1, 0);
  });

  it('are the same for the same text, and others for another', () => {
    expect([drawsOf('a')(), drawsOf('a')()]).toEqual([drawsOf('a')(), drawsOf('a')()]);
    expect(drawsOf('a')()).not.toBe(drawsOf('b')());
  });
});

describe('a carrier that is chosen by what was learned', () => {
  it('is the cheap one while both come in time, and the dear one once the cheap one is late by days', () => {
    const both = taught('post/standard', times(60, delivered(0)), taught('vans/next-day', times(60, delivered(0))));
    expect(shareOf('post/standard', chosenIn(100, both))).toBe(1);
    const late = taught('post/standard', times(60, delivered(4)), taught('vans/next-day', times(60, delivered(0))));
    expect(shareOf('vans/next-day', chosenIn(100, late))).toBe(1);
  });

  it('is not one that loses parcels, at the price that a lost one has', () => {
    const outcomes = [...times(50, delivered(0)), ...times(10, { day: 0, end: 'lost', daysLate: 0 } as const)];
    const carriers = taught('post/standard', outcomes, taught('vans/next-day', times(60, delivered(0))));
    expect(shareOf('vans/next-day', chosenIn(100, carriers))).toBe(1);
    const careless = asked({ terms: { ...terms, perLost: 0 } });
    expect(shareOf('post/standard', chosenIn(100, carriers, careless))).toBe(1);
  });

  it('is tried as long as nobody knows: less and less, the more is known against it', () => {
    const tried = [0, 5, 20, 80].map((late) => {
      const carriers = taught('post/standard', times(late, delivered(2)), taught('vans/next-day', times(80, delivered(0))));
      return shareOf('post/standard', chosenIn(300, carriers));
    });
    expect(tried[0]).toBeGreaterThan(0.5);
    expect(tried).toEqual(tried.toSorted((a, b) => b - a));
    expect(tried[3]).toBeLessThan(0.05);
  });

  it('leans on its service where a lane is new, and on all where the service is', () => {
    const carriers = new LearnedCarriers();
    for (const outcome of times(40, delivered(3))) carriers.learn({ lane: 'PAR>FR', service: 'post/standard' }, outcome);
    const [choice] = chosenIn(1, carriers);
    expect(choice?.offers.map(({ basis, counts }) => [basis, counts])).toEqual([
      ['service', { parcels: 40, late: 40, lost: 0 }],
      ['all', { parcels: 40, late: 40, lost: 0 }],
    ]);
    const fresh = chosenIn(1, new LearnedCarriers())[0]?.offers.map(({ basis, counts }) => [basis, counts.parcels]);
    expect(fresh).toEqual([
      ['nothing', 0],
      ['nothing', 0],
    ]);
  });

  it('is left to chance as often as the floor says, so that nobody is forgotten', () => {
    const carriers = taught('post/standard', times(200, delivered(5)), taught('vans/next-day', times(200, delivered(0))));
    const choices = chosenIn(2000, carriers, asked({ terms: { ...terms, floor: 0.2, bound: 1e6 } }));
    expect(choices.filter(({ reason }) => reason === 'floor').length / 2000).toBeCloseTo(0.2, 1);
    expect(shareOf('post/standard', choices)).toBeCloseTo(0.1, 1);
  });

  it('is another once what was learned is long ago and things are otherwise since', () => {
    const before = times(200, delivered(0, 0));
    const carriers = taught('post/standard', before, taught('vans/next-day', before));
    taught('post/standard', times(40, delivered(4, 400)), carriers);
    expect(shareOf('vans/next-day', chosenIn(100, carriers))).toBeGreaterThan(0.95);
  });

  it('is explained by counts: what is said of each offer is what was told of it, and nothing else', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ late: fc.nat(9), lost: fc.boolean() }), { minLength: 1, maxLength: 60 }), (told) => {
        const outcomes = told.map(({ late, lost }) => (lost ? ({ day: 0, end: 'lost', daysLate: 0 } as const) : delivered(late)));
        const [choice] = chosenIn(1, taught('post/standard', outcomes));
        const lost = told.filter((each) => each.lost).length;
        const late = told.filter((each) => !each.lost && each.late > 0).length;
        expect(choice?.offers[0]?.counts).toEqual({ parcels: told.length, late, lost });
        const least = [...(choice?.offers ?? [])].sort((a, b) => a.drawn - b.drawn)[0];
        if (choice?.reason === 'lowest-draw') expect(choice.service).toBe(least?.service);
      }),
    ));

  it('is the same again from what is kept of the model, in whatever order the days were told', () => {
    const outcomes = [delivered(0, 3), delivered(2, 3), delivered(1, 3)];
    const carriers = taught('post/standard', outcomes);
    const kept = new LearnedCarriers(JSON.parse(JSON.stringify(carriers.model)) as typeof carriers.model);
    expect(chosenIn(5, kept)).toEqual(chosenIn(5, carriers));
    expect(taught('post/standard', outcomes.toReversed()).model).toEqual(carriers.model);
  });
});

describe('the bound', () => {
  /** Of the post, which is late, nothing more is heard: so it goes for as long as its parcels are on their way. */
  const lived = (bound: number, floor: number) => {
    const carriers = taught('post/standard', times(20, delivered(3)), taught('vans/next-day', times(100, delivered(0))));
    const question = asked({ terms: { ...terms, bound, floor } });
    return Array.from({ length: 400 }, (_, n) => {
      const choice = carriers.choose(question, drawsOf(String(n)));
      carriers.decided(choice.allowance);
      return choice;
    });
  };

  it('holds what choices may have cost more than the baseline, however often chance would try another', () =>
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.3, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (bound, floor) => {
        const choices = lived(bound, floor);
        let [allowed, spent] = [0, 0];
        for (const { allowance } of choices) {
          [allowed, spent] = [allowed + allowance.allows, spent + allowance.spends];
          expect(spent).toBeLessThanOrEqual(allowed + 1e-9);
        }
        for (const { reason, service } of choices) if (reason === 'bound') expect(service).toBe('vans/next-day');
      }),
      { numRuns: 20 },
    ));

  it('of nothing leaves nothing that may be dearer', () => expect(shareOf('vans/next-day', lived(0, 1))).toBe(1));

  it('is the baseline’s: one that nobody offers is refused', () =>
    expect(() => new LearnedCarriers().choose(asked({ baseline: 'nobody' }), drawsOf(''))).toThrow('none of the offers'));
});

/** Worlds that stay as they are: what it loses against the better one grows slower and slower. */
it('finds the better one by itself, though parcels take days to be heard of', () => {
  const carriers = new LearnedCarriers();
  const world = drawsOf('a world');
  const underway: { readonly at: number; readonly service: string; readonly outcome: ParcelOutcome }[] = [];
  const wrong: number[] = [];
  for (let day = 0; day < 400; day += 1) {
    for (const { service, outcome } of underway.filter(({ at }) => at === day)) carriers.learn({ lane, service }, outcome);
    const { service } = carriers.choose(asked({ terms: { ...terms, floor: 0.02, bound: 0.5 } }), drawsOf(String(day)));
    if (service === 'post/standard') wrong.push(day);
    const daysLate = service === 'post/standard' && world() < 0.6 ? 3 : 0;
    underway.push({ at: day + 4 + daysLate, service, outcome: { day: day + 4 + daysLate, end: 'delivered', daysLate } });
  }
  const [early, late] = [wrong.filter((day) => day < 100).length, wrong.filter((day) => day >= 300).length];
  expect(late).toBeLessThan(early);
  expect(late).toBeLessThanOrEqual(10);
});
