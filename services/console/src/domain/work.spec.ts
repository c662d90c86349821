import { specFor } from '@cartage/eventsourcing';
import { LONGEST_SNOOZE_DAYS, MOST_ENTRIES, work, type WorkEntry } from './work';

const { given } = specFor(work);

const now = '2026-11-28T12:00:00.000Z';
const before = '2026-11-27T12:00:00.000Z';
const later = '2026-11-29T12:00:00.000Z';
const assigned: WorkEntry = { type: 'WorkAssigned', data: { assignee: 'anna', at: before } };
const snoozed: WorkEntry = { type: 'WorkSnoozed', data: { until: later, reason: 'The bank answers tomorrow.', at: before } };
const noted: WorkEntry = { type: 'WorkNoted', data: { text: 'Called; nobody there.', at: before } };

describe('who works on an item', () => {
  it('is whoever takes it, once, however often that is asked for', () =>
    given()
      .when({ type: 'AssignWork', data: { assignee: 'anna', now } })
      .thenOnce({ type: 'WorkAssigned', data: { assignee: 'anna', at: now } }));

  it('is another when it is given to them', () =>
    given(assigned)
      .when({ type: 'AssignWork', data: { assignee: 'ben', now } })
      .then({ type: 'WorkAssigned', data: { assignee: 'ben', at: now } }));

  it('is nobody once it was let go', () =>
    given(assigned)
      .when({ type: 'LetWorkGo', data: { now } })
      .thenOnce({ type: 'WorkLetGo', data: { at: now } }));

  it('is nobody of what was never taken', () => given(noted).when({ type: 'LetWorkGo', data: { now } }).then());
});

describe('an item that was dealt with', () => {
  const resolve = { what: 'queues.deed.retry', reason: 'The bank is there again.', now };

  it('says who did what, and why', () =>
    given(assigned)
      .when({ type: 'ResolveWork', data: resolve })
      .then({ type: 'WorkResolved', data: { what: resolve.what, reason: resolve.reason, at: now } }));

  it('is nobody’s, and awake, should it fail again, since whenever it waits; what was written is still there', () => {
    const resolved: WorkEntry = { type: 'WorkResolved', data: { what: resolve.what, at: now } };
    const state = [assigned, snoozed, noted, resolved].reduce(work.evolve, work.initial);
    expect(state).toEqual({ entries: 4, notes: 1, changedAt: now });
  });

  it('can be dealt with however much was done about it', () =>
    given(...Array.from({ length: MOST_ENTRIES }, () => noted))
      .when({ type: 'ResolveWork', data: { what: resolve.what, now } })
      .then({ type: 'WorkResolved', data: { what: resolve.what, at: now } }));
});

describe('an item that sleeps', () => {
  const snooze = { reason: 'The bank answers tomorrow.', now };

  it('does so until then, for a reason', () =>
    given(assigned)
      .when({ type: 'SnoozeWork', data: { ...snooze, until: later } })
      .thenOnce({ type: 'WorkSnoozed', data: { until: later, reason: snooze.reason, at: now } }));

  it.each([now, before])('cannot sleep until %s, which is no later than now', (until) =>
    given()
      .when({ type: 'SnoozeWork', data: { ...snooze, until } })
      .thenRefused('SNOOZE_PAST'),
  );

  it('sleeps no longer than a month', () => {
    const longest = new Date(Date.parse(now) + LONGEST_SNOOZE_DAYS * 86_400_000);
    given()
      .when({ type: 'SnoozeWork', data: { ...snooze, until: longest.toISOString() } })
      .then({ type: 'WorkSnoozed', data: { until: longest.toISOString(), reason: snooze.reason, at: now } });
    given()
      .when({ type: 'SnoozeWork', data: { ...snooze, until: new Date(longest.getTime() + 1).toISOString() } })
      .thenRefused('SNOOZE_TOO_LONG');
  });

  it('is woken before its time, and wakes by itself', () => {
    given(snoozed)
      .when({ type: 'WakeWork', data: { now } })
      .thenOnce({ type: 'WorkWoken', data: { at: now } });
    given(snoozed)
      .when({ type: 'WakeWork', data: { now: later } })
      .then();
  });
});

describe('what is written about an item', () => {
  it('is kept, the same text twice if it was written twice', () =>
    given(noted)
      .when({ type: 'NoteWork', data: { text: 'Called; nobody there.', now } })
      .then({ type: 'WorkNoted', data: { text: 'Called; nobody there.', at: now } }));

  it('ends where too much was done about it; it can be let go all the same', () => {
    const much = [assigned, ...Array.from({ length: MOST_ENTRIES - 1 }, () => noted)];
    given(...much)
      .when({ type: 'NoteWork', data: { text: 'And again.', now } })
      .thenRefused('WORK_FULL');
    given(...much)
      .when({ type: 'LetWorkGo', data: { now } })
      .then({ type: 'WorkLetGo', data: { at: now } });
  });
});

describe('an item that comes back after it was dealt with', () => {
  const since = '2026-11-28T11:00:00.000Z';

  it('is nobody’s, whoever had it before, and can be taken by them again', () => {
    given(assigned).when({ type: 'LetWorkGo', data: { now, since } }).then();
    given(assigned)
      .when({ type: 'AssignWork', data: { assignee: 'anna', now, since } })
      .then({ type: 'WorkAssigned', data: { assignee: 'anna', at: now, anew: true } });
  });

  it('is awake, and what was written before is still there', () => {
    given(snoozed).when({ type: 'WakeWork', data: { now, since } }).then();
    const anew: WorkEntry = { type: 'WorkNoted', data: { text: 'Back again.', at: now, anew: true } };
    expect([assigned, snoozed, noted, anew].reduce(work.evolve, work.initial)).toEqual({ entries: 4, notes: 2, changedAt: now });
  });

  it('is the same one as long as it has waited since before it was taken', () =>
    given(assigned)
      .when({ type: 'AssignWork', data: { assignee: 'anna', now, since: before } })
      .then());

  it('is the same one for a clock that is ahead', () =>
    given(assigned)
      .when({ type: 'AssignWork', data: { assignee: 'anna', now, since: later } })
      .then());
});
