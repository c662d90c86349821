import { Away } from './away';
import { bell } from './bell';
import { memoryTracing } from './memory-tracing';
import { manualClock, type ManualClock } from './manual-clock';
import { Refused } from './refused';
import { Relay, Throttled, Unfinished, type Claimed, type FinalRefusal, type Lane } from './relay';

interface Update extends Claimed {
  readonly updateId: string;
}
interface Row {
  readonly updateId: string;
  readonly traceparent: string | null;
  attempts: number;
  nextAt: number;
  ending?: FinalRefusal | { readonly status: 'told' };
}

/** Each of a thing of its own: that those of one thing go one after the other is the table’s promise. */
class Rows {
  readonly rows: Row[] = [];

  add(updateId: string, traceparent: string | null = null): Row {
    const row = { updateId, traceparent, attempts: 0, nextAt: 0 };
    this.rows.push(row);
    return row;
  }

  lane(tell: (update: Update) => unknown): Lane<Update> {
    const each = (items: readonly Update[], change: (row: Row) => void) =>
      this.rows.filter(({ updateId }) => items.some((item) => item.updateId === updateId)).forEach(change);
    return {
      atOnce: 8,
      idOf: ({ updateId }) => updateId,
      claim: async ({ now, until, limit }) => {
        const due = this.rows.filter(({ ending, nextAt }) => !ending && nextAt <= now.getTime()).slice(0, limit);
        return due.map((row) => {
          row.attempts += 1;
          row.nextAt = until.getTime();
          return { updateId: row.updateId, traceparent: row.traceparent, attempts: row.attempts };
        });
      },
      nextAt: async () => undefined,
      tell: async (items) => {
        for (const item of items) {
          const error = tell(item);
          if (error) throw error;
        }
        each(items, (row) => (row.ending = { status: 'told' }));
      },
      postpone: async (items, until) => each(items, (row) => (row.nextAt = until.getTime())),
      refuse: async (items, refusal) => each(items, (row) => (row.ending = refusal)),
    };
  }
}

let clock: ManualClock;
let outbox: Rows;
let tracing: ReturnType<typeof memoryTracing>;
let told: { readonly at: number; readonly attempts: number; readonly updateId: string }[];
let relay: Relay;
const stopping: AbortController[] = [];
let start = 0;

const started = (answer: (update: Update) => unknown): void => {
  const lane = outbox.lane((update) => {
    told.push({ at: clock.now().getTime() - start, ...update });
    return answer(update);
  });
  relay = new Relay({ receiver: 'shop', lanes: [lane], clock, news: bell(), onTrouble: () => undefined, tracing });
  const run = new AbortController();
  stopping.push(run);
  void relay.run(run.signal);
};

beforeEach(() => {
  clock = manualClock();
  start = clock.now().getTime();
  outbox = new Rows();
  told = [];
  tracing = memoryTracing();
});
afterEach(() => stopping.splice(0).forEach((run) => run.abort()));

describe('what a receiver outside is told', () => {
  it('is tried again with growing pauses while it is away, and shown as that until it is back', async () => {
    let isAway = true;
    const row = outbox.add('u-1');
    started(() => (isAway ? new Away('It does not answer.') : undefined));
    await clock.advance(20_000);
    const pauses = told.map(({ at }, i) => at - (told[i - 1]?.at ?? 0)).slice(1);
    expect(pauses.length).toBeGreaterThan(2);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(relay.trouble).toMatchObject({ receiver: 'shop', message: 'It does not answer.', since: '2026-01-01T00:00:00.000Z' });
    isAway = false;
    await clock.advance(600_000);
    expect(row.ending).toMatchObject({ status: 'told' });
    expect(relay.trouble).toBeUndefined();
  });

  it('waits as long as it says that it has had enough, all of it', async () => {
    outbox.add('u-1');
    started(({ attempts, updateId }) => (updateId === 'u-1' && attempts === 1 ? new Throttled('Enough.', 30_000) : undefined));
    await clock.advance(100);
    outbox.add('u-2');
    await clock.advance(29_000);
    expect(told).toHaveLength(1);
    await clock.advance(5_000);
    expect(told.map(({ updateId }) => updateId).toSorted()).toEqual(['u-1', 'u-1', 'u-2']);
    expect(relay.trouble).toBeUndefined();
  });

  it.each([Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN, 10 * 365 * 86_400_000])(
    'is told again within an hour, for however long it says that it has had enough: %s ms',
    async (forMs) => {
      const row = outbox.add('u-1');
      started(({ attempts }) => (attempts === 1 ? new Throttled('Enough.', forMs) : undefined));
      await clock.advance(3_605_000);
      expect(row).toMatchObject({ ending: { status: 'told' }, attempts: 2 });
    },
  );

  it('keeps no other back while the receiver is still at work on it, and is no trouble', async () => {
    const [slow, quick] = [outbox.add('u-1'), outbox.add('u-2')];
    started(({ updateId, attempts }) => (updateId === 'u-1' && attempts < 3 ? new Unfinished('Still at work.', 30_000) : undefined));
    await clock.advance(1_000);
    expect([slow.ending, quick.ending]).toMatchObject([undefined, { status: 'told' }]);
    expect(relay.trouble).toBeUndefined();
    await clock.advance(61_000);
    expect(slow).toMatchObject({ ending: { status: 'told' }, attempts: 3 });
  });

  it('stands with a person at once when it is refused, and keeps no other back', async () => {
    const [bad, good] = [outbox.add('u-1'), outbox.add('u-2')];
    const fault = { field: 'id', code: 'NOT_FOUND', message: 'There is none.' };
    started(({ updateId }) => (updateId === 'u-1' ? new Refused('CHANNEL_REFUSED', 'No.', 'invalid', [fault]) : undefined));
    await clock.advance(1_000);
    expect([bad.ending, good.ending]).toMatchObject([{ status: 'refused', code: 'CHANNEL_REFUSED', faults: [fault] }, { status: 'told' }]);
    expect(told).toHaveLength(2);
  });

  it('is a person’s after many tries where the fault is ours, and keeps no other back meanwhile', async () => {
    const [bad, good] = [outbox.add('u-1'), outbox.add('u-2')];
    started(({ updateId }) => (updateId === 'u-1' ? new TypeError('x is undefined') : undefined));
    await clock.advance(1_000);
    expect([bad.ending, good.ending]).toMatchObject([undefined, { status: 'told' }]);
    await clock.advance(3 * 3_600_000);
    expect(bad.ending).toMatchObject({ status: 'refused', code: 'UPDATE_FAULTY' });
    expect(bad.attempts).toBe(20);
  });

  it('is part of the trace of what it follows from, each time that it is tried; what follows from nothing traced is in none', async () => {
    const [id, parent] = ['5b7e9d2c-8f4a-4c1e-9a6b-2d3f4e5a6b7c', `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`];
    outbox.add(id, parent);
    outbox.add('u-2');
    started(({ attempts, updateId }) => (updateId === id && attempts === 1 ? new Away('It does not answer.') : undefined));
    await clock.advance(20_000);
    const about = { name: 'tell receiver', kind: 'producer', parent };
    const attributes = { 'messaging.destination.name': 'shop', 'messaging.message.id': id };
    expect(tracing.spans).toMatchObject([
      { ...about, end: 'Away', attributes: { ...attributes, 'cartage.attempt': 1 } },
      { ...about, end: 'ok', attributes: { ...attributes, 'cartage.attempt': 2 } },
    ]);
  });
});
