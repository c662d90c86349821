import fc from 'fast-check';
import { daysAfter, type LocalDay } from './promising/local-days';
import { TransitLearner, type TransitFact, type TransitModel } from './transit-learner';

/** A Monday. */
const monday = '2026-03-02';
const at = (day: LocalDay): string => `${day}T10:00:00.000Z`;
const numbered = (n: number): string => String(n).padStart(16, '0');
const way = { location: 'LON-1', destination: { country: 'GB', postalArea: 'EC1A' }, service: 'standard' };

/** A shipment that leaves on one day and is there on another; with what was learned when it was sold, where that is said. */
interface Journey {
  readonly left: LocalDay;
  readonly came: LocalDay | undefined;
  readonly days?: number | undefined;
  readonly from?: Partial<typeof way>;
}

let position = 0;
const facts = ({ left, came, days, from }: Journey): readonly TransitFact[] => {
  const told = { ...way, ...from, handedOverAt: at(left), ...(days === undefined ? {} : { promised: { percent: 90, days } }) };
  const end = came ?? daysAfter(left, 1);
  return [
    { ...told, step: 'handed-over', position: numbered((position += 1)), recordedAt: at(left) },
    {
      ...told,
      step: 'ended',
      position: numbered((position += 1)),
      recordedAt: at(end),
      ...(came === undefined ? {} : { deliveredAt: at(came) }),
    },
  ];
};
const calendar = (closedOn: readonly LocalDay[]): TransitFact => ({
  ...{ step: 'calendar', code: 'GB', position: numbered((position += 1)), recordedAt: at(monday) },
  terms: { weekdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], closedOn },
});
const learned = (told: readonly TransitFact[], model?: TransitModel): TransitLearner => {
  const learner = new TransitLearner(model);
  for (const fact of told) learner.learn(fact);
  return learner;
};
const times = <Value>(count: number, of: (n: number) => readonly Value[]): readonly Value[] =>
  Array.from({ length: count }, (_, n) => of(n)).flat();
const weeks = (n: number): LocalDay => daysAfter(monday, 7 * n);
const twoDays = (count: number): readonly TransitFact[] => times(count, (n) => facts({ left: weeks(n), came: daysAfter(weeks(n), 2) }));
const quoted = (learner: TransitLearner, more: object = {}, percent = 90) => learner.quote({ ...way, leaves: monday, ...more }, percent);

describe('how long carriers need', () => {
  it('is not said before enough was delivered, more of it the fewer may be late', () => {
    expect(quoted(learned(twoDays(19)))).toBeUndefined();
    expect(quoted(learned(twoDays(20)))).toMatchObject({ days: 2, level: 'lane', deliveries: 20, method: 'learned by lane', version: '1' });
    expect(quoted(learned(twoDays(99)), {}, 99)).toBeUndefined();
    expect(quoted(learned(twoDays(100)), {}, 99)).toMatchObject({ days: 2 });
  });

  it('counts days that the carrier works: from Friday to Monday is one, and a holiday is none', () => {
    const overWeekend = times(30, (n) => facts({ left: daysAfter(weeks(n), 4), came: daysAfter(weeks(n), 7) }));
    expect(quoted(learned(overWeekend))).toMatchObject({ days: 1 });
    const holidays = times(30, (n) => [daysAfter(weeks(n), 1)]);
    expect(quoted(learned([calendar(holidays), ...twoDays(30)]))).toMatchObject({ days: 1 });
  });

  it('leans on what stands above it where a way is new', () => {
    const learner = learned(twoDays(40));
    expect(quoted(learner, { location: undefined })).toMatchObject({ days: 2, level: 'destination', deliveries: 40 });
    expect(quoted(learner, { destination: { country: 'FR' }, service: 'express', location: 'PAR-1', leaves: '2026-03-03' })).toMatchObject({
      level: 'all',
    });
  });

  it('tells ways apart once they were seen', () => {
    const far = { location: 'LON-1', destination: { country: 'GB', postalArea: 'KW15' } };
    const both = times(60, (n) => [
      ...facts({ left: weeks(n), came: daysAfter(weeks(n), 1) }),
      ...facts({ left: weeks(n), came: daysAfter(weeks(n), 4), from: far }),
    ]);
    const [near, away] = [quoted(learned(both)), quoted(learned(both), far)];
    expect(away?.days).toBeGreaterThan(near?.days ?? 9);
  });

  it('is not learned from what nobody saw come', () =>
    expect(quoted(learned(times(40, (n) => facts({ left: weeks(n), came: undefined }))))).toBeUndefined());

  it('asks for more as promises are late, for less as they are kept, and counts what never came as late', () => {
    const begun = twoDays(20);
    const shareAfter = (days: number): number =>
      quoted(learned([...begun, ...times(50, (n) => facts({ left: weeks(n), came: daysAfter(weeks(n), 2), days }))]))?.share ?? 0;
    expect(shareAfter(1)).toBeGreaterThan(0.9);
    expect(shareAfter(2)).toBeLessThan(0.9);
    const lost = times(5, () => facts({ left: weeks(30), came: undefined, days: 2 }).slice(0, 1));
    const shareThen = (day: LocalDay): number => quoted(learned([...begun, ...lost, ...facts({ left: day, came: day })]))?.share ?? 0;
    expect(shareThen(daysAfter(weeks(30), 100))).toBe(0.9);
    expect(shareThen(daysAfter(weeks(30), 130))).toBeGreaterThan(0.9);
  });
});

describe('the same log', () => {
  const journey = fc.record({
    left: fc.nat(500).map((n) => daysAfter(monday, n)),
    takes: fc.option(fc.integer({ min: -2, max: 30 }), { nil: undefined }),
    days: fc.option(fc.nat(9), { nil: undefined }),
    service: fc.constantFrom('standard', 'express'),
    location: fc.constantFrom('LON-1', 'LON-2', 'A'),
  });

  it('gives the same model, wherever it was written down and read again in between', () =>
    fc.assert(
      fc.property(fc.array(journey, { maxLength: 40 }), fc.nat(80), (journeys, pause) => {
        const told = [
          calendar([]),
          ...journeys.flatMap(({ left, takes, days, service, location }) =>
            facts({ left, days, came: takes === undefined ? undefined : daysAfter(left, takes), from: { service, location } }),
          ),
        ];
        const paused = JSON.parse(JSON.stringify(learned(told.slice(0, pause)).model)) as TransitModel;
        expect(learned(told.slice(pause), paused).model).toEqual(learned(told).model);
      }),
    ));
});
