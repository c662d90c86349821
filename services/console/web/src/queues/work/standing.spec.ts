import { isShown, standingOf, whoseIn, type ItemWork } from './standing';

const now = Date.parse('2026-11-28T12:00:00Z');
const work: ItemWork = {
  ...{ queue: 'holds', key: '1', version: 3, assignee: 'anna', mine: true, notes: 2, changedAt: '2026-11-28T09:00:00Z' },
  ...{ snoozedUntil: null, snoozeReason: null },
};
const asleep: ItemWork = { ...work, snoozedUntil: '2026-11-29T09:00:00Z', snoozeReason: 'The bank answers.' };

describe('how it stands with an item', () => {
  it('is nobody’s, and awake, where nobody did anything about it', () =>
    expect(standingOf(undefined, undefined, now)).toMatchObject({ assignee: null, isMine: false, asleepUntil: null, version: 0 }));

  it('is as people left it since it began to wait', () =>
    expect(standingOf(asleep, '2026-11-28T09:00:00Z', now)).toEqual({
      ...{ assignee: 'anna', isMine: true, asleepUntil: asleep.snoozedUntil, snoozeReason: 'The bank answers.', notes: 2, version: 3 },
    }));

  it('is nobody’s again where it was dealt with and waits once more; what was written is still there', () =>
    expect(standingOf(asleep, '2026-11-28T10:00:00Z', now)).toMatchObject({
      ...{ assignee: null, isMine: false, asleepUntil: null, notes: 2, version: 3 },
    }));

  it('is not over by a clock that is ahead', () =>
    expect(standingOf(work, '2026-11-28T13:00:00Z', now)).toMatchObject({ assignee: 'anna' }));

  it('is awake when the time has come', () =>
    expect(standingOf(asleep, undefined, Date.parse('2026-11-29T09:00:00Z'))).toMatchObject({ asleepUntil: null, snoozeReason: null }));
});

describe('what is shown of a queue', () => {
  const mine = standingOf(work, undefined, now);
  const another = standingOf({ ...work, mine: false }, undefined, now);
  const nobodys = standingOf(undefined, undefined, now);
  const sleeping = standingOf(asleep, undefined, now);
  const all = { mine, another, nobodys, sleeping };
  const shown = (text: string | undefined) => Object.entries(all).flatMap(([name, each]) => (isShown(whoseIn(text), each) ? [name] : []));

  it.each([
    [undefined, ['mine', 'another', 'nobodys']],
    ['mine', ['mine']],
    ['nobody', ['nobodys']],
    ['snoozed', ['sleeping']],
    ['whatever', ['mine', 'another', 'nobodys']],
  ])('as the address says %s', (text, names) => expect(shown(text)).toEqual(names));
});
