import { Refused } from '@cartage/eventsourcing';
import { boundValues, requireBindable, requireColumns, type Parameter } from './report';

const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Refused ? error.code : 'broken';
  }
};

const day: Parameter = { name: 'day', daysAgo: 1 };
const channel: Parameter = { name: 'channel', value: 'web' };

describe('what a run binds', () => {
  it('stands in the order of the parameters, as the report says it', () =>
    expect(boundValues({ parameters: [channel, day] }, new Date('2026-11-28T09:00:00Z'))).toEqual(['web', '2026-11-27']));

  it('is a day of the time zone of the schedule, whatever day it is elsewhere', () => {
    const at = (timeZone: string): readonly string[] =>
      boundValues({ parameters: [day], schedule: { cron: '0 6 * * *', timeZone } }, new Date('2026-11-28T23:30:00Z'));
    expect(at('Europe/Berlin')).toEqual(['2026-11-28']);
    expect(at('America/New_York')).toEqual(['2026-11-27']);
  });

  it('counts days of the calendar, over months and the change of clocks', () =>
    expect(boundValues({ parameters: [{ name: 'from', daysAgo: 31 }] }, new Date('2026-04-01T01:00:00Z'))).toEqual(['2026-03-01']));

  it('is what somebody names for this run, before what the report says', () =>
    expect(boundValues({ parameters: [channel, day] }, new Date('2026-11-28T09:00:00Z'), { day: '2026-01-01' })).toEqual([
      'web',
      '2026-01-01',
    ]));

  it.each(['week', 'constructor'])('is refused for a parameter that there is not: %s', (name) =>
    expect(codeOf(() => boundValues({ parameters: [day] }, new Date(0), { [name]: 'x' }))).toBe('PARAMETER_UNKNOWN'),
  );
});

describe('a report', () => {
  it.each<[string, readonly Parameter[], string | undefined]>([
    ['is kept with parameters that say what they are', [day, channel], undefined],
    ['is refused with one that says nothing', [{ name: 'day' }], 'PARAMETER_UNCLEAR'],
    ['is refused with one that says two things', [{ name: 'day', value: 'x', daysAgo: 0 }], 'PARAMETER_UNCLEAR'],
    ['is refused with two of one name', [day, { name: 'day', value: 'x' }], 'PARAMETER_TWICE'],
  ])('%s', (_, parameters, code) => expect(codeOf(() => requireBindable(parameters))).toBe(code));

  it('is refused where two columns have one name, for files know them by it', () => {
    const id = { name: 'id', type: 'uuid' };
    expect(codeOf(() => requireColumns([id, { name: 'total', type: 'bigint' }]))).toBeUndefined();
    expect(codeOf(() => requireColumns([id, id]))).toBe('COLUMN_TWICE');
    expect(codeOf(() => requireColumns([]))).toBe('COLUMNS_MISSING');
  });
});
