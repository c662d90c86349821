import { quietHoursIn, quietUntil } from './quiet-hours';

const night = quietHoursIn('21:00-08:00');
const siesta = quietHoursIn('13:30-15:00');
const berlin = { country: 'DE' };

describe('quiet hours', () => {
  it.each([
    ['21:00-08:00', { from: 1_260, to: 480 }],
    ['00:00-23:59', { from: 0, to: 1_439 }],
  ])('are read from %s', (text, hours) => {
    expect(quietHoursIn(text)).toEqual(hours);
  });

  it.each(['', '24:00-08:00', '21:60-08:00', '9:00-10:00', '21:00', '21:00-08:00 '])('are none in "%s"', (text) => {
    expect(quietHoursIn(text)).toBeUndefined();
  });

  it.each([
    ['in the evening, until the next morning', night, '2026-11-23T21:30:00.000Z', '2026-11-24T07:00:00.000Z'],
    ['after midnight, until the same morning', night, '2026-11-24T02:30:59.999Z', '2026-11-24T07:00:00.000Z'],
    ['from their first minute on', night, '2026-11-23T20:00:00.000Z', '2026-11-24T07:00:00.000Z'],
    ['within a day', siesta, '2026-11-23T13:00:00.000Z', '2026-11-23T14:00:00.000Z'],
  ])('hold a message %s, by the clock of the destination', (_, hours, now, until) => {
    expect(quietUntil(hours, berlin, now)).toBe(until);
  });

  it.each([
    ['before they begin', night, '2026-11-23T19:59:59.999Z'],
    ['from the minute on in which they end', night, '2026-11-24T07:00:00.000Z'],
    ['outside of those within a day', siesta, '2026-11-23T21:30:00.000Z'],
    ['where there are none', undefined, '2026-11-24T02:30:00.000Z'],
    ['where they end as they begin', quietHoursIn('08:00-08:00'), '2026-11-23T07:00:00.000Z'],
  ])('hold nothing %s', (_, hours, now) => {
    expect(quietUntil(hours, berlin, now)).toBeUndefined();
  });

  it('are those of the place: the same instant is night in one and day in another', () => {
    const now = '2026-11-24T05:00:00.000Z';
    expect(quietUntil(night, { country: 'US', region: 'NY' }, now)).toBe('2026-11-24T13:00:00.000Z');
    expect(quietUntil(night, { country: 'US', region: 'CA' }, now)).toBe('2026-11-24T16:00:00.000Z');
    expect(quietUntil(night, { country: 'IN' }, now)).toBeUndefined();
  });

  it('end by the clock of the morning, when the clocks are set in the night', () => {
    expect(quietUntil(night, berlin, '2026-03-28T22:00:00.000Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(quietUntil(night, berlin, '2026-10-24T20:00:00.000Z')).toBe('2026-10-25T07:00:00.000Z');
  });

  it('end as late as they would have, when the clocks leap over their end', () => {
    const untilHalfPastTwo = quietHoursIn('21:00-02:30');
    for (const now of ['2026-03-28T22:00:00.000Z', '2026-03-29T00:15:00.000Z', '2026-03-29T00:45:00.000Z'])
      expect(quietUntil(untilHalfPastTwo, berlin, now)).toBe('2026-03-29T01:30:00.000Z');
  });

  it.each(['21:00-08:00', '21:00-02:30', '22:15-00:30', '23:00-03:00'])('of %s never hold what they themselves let go', (text) => {
    const hours = quietHoursIn(text);
    for (const place of [berlin, { country: 'IN' }, { country: 'CL' }, { country: 'US', region: 'NY' }, {}])
      for (let quarter = 0; quarter < 4 * 24 * 365; quarter += 29) {
        const now = new Date(Date.UTC(2026, 0, 1, 0, quarter * 15)).toISOString();
        const until = quietUntil(hours, place, now);
        if (until === undefined) continue;
        expect([place, now, Date.parse(until) > Date.parse(now)]).toEqual([place, now, true]);
        expect([place, now, quietUntil(hours, place, until)]).toEqual([place, now, undefined]);
      }
  });
});
