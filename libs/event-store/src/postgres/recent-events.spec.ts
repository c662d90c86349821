import { positionOf, type StoredEvent } from '@cartage/eventsourcing';
import type { Sized } from './read';
import { RecentEvents } from './recent-events';

const event = (number: number, id = `id-${number}`): StoredEvent => ({
  type: 'Counted',
  data: {},
  id,
  meta: { commandId: 'c', correlationId: 'c', actor: 'spec' },
  stream: 's',
  version: number,
  position: positionOf(number),
  recordedAt: '2026-01-01T00:00:00.000Z',
});
const events = (...numbers: readonly number[]): readonly Sized[] => numbers.map((number) => ({ event: event(number), size: 10 }));
const plenty = { events: 100, bytes: 1_000 };

describe('the recent events of a log', () => {
  const numbersAfter = (recent: RecentEvents, number: number, most = plenty) => recent.after(number, most).map(({ version }) => version);

  it('are given on from any place among them', () => {
    const recent = new RecentEvents();
    recent.keep(5, events(5, 6, 7));
    expect(numbersAfter(recent, 4)).toEqual([5, 6, 7]);
    expect(numbersAfter(recent, 6)).toEqual([7]);
    expect(numbersAfter(recent, 7)).toEqual([]);
    expect(numbersAfter(recent, 2)).toEqual([]);
  });

  it('end where another process has written in between, until that was read', () => {
    const recent = new RecentEvents();
    recent.keep(1, events(1, 2));
    recent.keep(4, events(4));
    expect(numbersAfter(recent, 0)).toEqual([1, 2]);
    expect(recent.head).toBe(4);
    recent.keep(3, events(3, 4));
    expect(numbersAfter(recent, 0)).toEqual([1, 2, 3, 4]);
  });

  it('come in batches of so many events, and of so many bytes but one event at least', () => {
    const recent = new RecentEvents();
    recent.keep(1, events(1, 2, 3, 4, 5));
    expect(numbersAfter(recent, 0, { events: 2, bytes: 1_000 })).toEqual([1, 2]);
    expect(numbersAfter(recent, 0, { events: 100, bytes: 30 })).toEqual([1, 2, 3]);
    expect(numbersAfter(recent, 3, { events: 100, bytes: 1 })).toEqual([4]);
  });

  it('are no more than so many bytes: the first go first, and what is older is not kept again', () => {
    const recent = new RecentEvents(40);
    recent.keep(1, events(1, 2, 3, 4, 5, 6));
    expect(numbersAfter(recent, 2)).toEqual([3, 4, 5, 6]);
    expect(numbersAfter(recent, 0)).toEqual([]);
    recent.keep(1, events(1, 2));
    expect(numbersAfter(recent, 0)).toEqual([]);
    expect(numbersAfter(recent, 2)).toEqual([3, 4, 5, 6]);
  });

  it('are given up when all followers have them, but for their ids', () => {
    const recent = new RecentEvents();
    recent.keep(1, events(1, 2, 3, 4));
    recent.passed(3);
    expect([numbersAfter(recent, 0), numbersAfter(recent, 2), numbersAfter(recent, 3)]).toEqual([[], [], [4]]);
    expect(recent.agrees(2, [{ event: event(2, 'another'), size: 10 }])).toBe(false);
    recent.keep(2, events(2, 3, 4, 5));
    expect([numbersAfter(recent, 1), numbersAfter(recent, 3)]).toEqual([[], [4, 5]]);
  });

  it('are kept where a follower is ahead of what this process has heard of', () => {
    const recent = new RecentEvents();
    recent.keep(1, events(1));
    recent.passed(9);
    recent.keep(2, events(2, 3));
    expect(numbersAfter(recent, 1)).toEqual([2, 3]);
  });

  it('do not agree with another event in the place of one of them', () => {
    const recent = new RecentEvents();
    recent.keep(1, events(1, 2));
    expect(recent.agrees(2, events(2, 3))).toBe(true);
    expect(recent.agrees(2, [{ event: event(2, 'another'), size: 10 }])).toBe(false);
  });

  it('are forgotten when nothing is certain any more', () => {
    const recent = new RecentEvents();
    recent.keep(1, events(1, 2));
    recent.forget();
    expect([recent.head, numbersAfter(recent, 0)]).toEqual([0, []]);
  });
});
