import {
  DeadlinePoller,
  manualClock,
  type Deadline,
  type DeadlineListing,
  type DeadlinePollerOptions,
  type DeadlineQueue,
  type ManualClock,
  type Meta,
} from '@cartage/eventsourcing';
import { eventually } from './eventually';

export interface DeadlinesUnderTest {
  /** The same deadlines as another process has them. */
  open(clock: ManualClock): DeadlineQueue;
  /** Of one test. */
  stop(): Promise<void>;
}

const START = '2026-11-23T12:00:00.000Z';
const after = (seconds: number): string => new Date(Date.parse(START) + seconds * 1_000).toISOString();
const deadline = (id: string, seconds: number, stream = `order-${id}`): Deadline => ({
  id,
  stream,
  name: 'PaymentOverdue',
  dueAt: after(seconds),
  data: { attempt: 1, note: 'nul \u0000 and a lone \ud800' },
});

/** What every adapter of the deadlines port promises. */
export const deadlinesContract = (name: string, make: () => Promise<DeadlinesUnderTest>): void => {
  describe(`deadlines ${name}`, () => {
    let tested: DeadlinesUnderTest;
    let clock: ManualClock;
    let stops: (() => Promise<void>)[];

    beforeEach(async () => {
      tested = await make();
      clock = manualClock(START);
      stops = [];
    });
    afterEach(async () => {
      await Promise.all(stops.map((stop) => stop()));
      await tested.stop();
    });

    /** A process that tells deadlines; `failing` are the ids that it cannot tell, as many times as they are in it. */
    const poller = (failing: string[] = [], options: DeadlinePollerOptions = {}) => {
      const queue = tested.open(clock);
      const told: { readonly deadline: Deadline; readonly meta: Meta; readonly at: string }[] = [];
      const stopped = new AbortController();
      const tell = async (due: Deadline, meta: Meta): Promise<void> => {
        const fails = failing.indexOf(due.id);
        if (fails >= 0) throw new Error(`cannot tell ${failing.splice(fails, 1).join()}`);
        told.push({ deadline: due, meta, at: clock.now().toISOString() });
      };
      const running = new DeadlinePoller(queue, tell, { clock, pollMs: 600_000, firstPauseMs: 1_000, ...options }).run(stopped.signal);
      const stop = async (): Promise<void> => {
        stopped.abort();
        await running;
      };
      stops.push(stop);
      return { queue, told, ids: () => told.map(({ deadline: { id } }) => id), stop };
    };

    /** Until so many processes lie down because there is nothing to do. */
    const idle = (processes = 1): Promise<void> => eventually(() => expect(clock.waiting()).toBe(processes));
    const advance = async (seconds: number): Promise<void> => {
      await clock.advance(seconds * 1_000);
    };

    it('are told when they are due and not before, as they were set, each under a command id of its own', async () => {
      const { queue, told } = poller();
      const given = { ...deadline('a', 900), correlationId: 'c' };
      await queue.set(given);
      await idle();
      await advance(899.999);
      await idle();
      expect(told).toEqual([]);
      await advance(0.001);
      await eventually(() =>
        expect(told).toEqual([
          { deadline: given, meta: { commandId: 'deadline:a', correlationId: 'c', actor: 'deadline' }, at: after(900) },
        ]),
      );
    });

    it('are told in the order in which they are due, also when nobody was there to tell them', async () => {
      const queue = tested.open(clock);
      for (const [id, seconds] of [
        ['c', 30],
        ['a', 10],
        ['d', 40],
        ['b', 20],
      ] as const)
        await queue.set(deadline(id, seconds, 'order-1'));
      await advance(35);
      const { ids } = poller();
      await eventually(() => expect(ids()).toEqual(['a', 'b', 'c']));
      await idle();
      await advance(5);
      await eventually(() => expect(ids()).toEqual(['a', 'b', 'c', 'd']));
    });

    it('are told once however often they are set, also after they were told', async () => {
      const { queue, told } = poller();
      const other = tested.open(clock);
      await Promise.all([queue.set(deadline('a', 10)), queue.set(deadline('a', 10)), other.set(deadline('a', 10))]);
      await other.set(deadline('a', 20));
      await idle();
      await advance(10);
      await eventually(() => expect(told).toHaveLength(1));
      await idle();
      await queue.set(deadline('a', 10));
      await queue.set(deadline('z', 15));
      await idle();
      await advance(20);
      await eventually(() => expect(told.map(({ deadline: { id } }) => id)).toEqual(['a', 'z']));
    });

    it('are not told once they were cancelled, and cannot be set again', async () => {
      const { queue, ids } = poller();
      await queue.set(deadline('a', 10));
      await queue.set(deadline('b', 10));
      await tested.open(clock).cancel('a');
      await queue.set(deadline('a', 10));
      await queue.cancel('nobody set this');
      await idle();
      await advance(10);
      await eventually(() => expect(ids()).toEqual(['b']));
      await idle();
      await advance(1_000);
      await idle();
      expect(ids()).toEqual(['b']);
    });

    it('wake who waits for a later one', async () => {
      const { queue, ids } = poller();
      await queue.set(deadline('later', 500));
      await idle();
      await queue.set(deadline('earlier', 5));
      await idle();
      await advance(5);
      await eventually(() => expect(ids()).toEqual(['earlier']));
    });

    it('are found by a process that did not set them within its poll', async () => {
      const { ids } = poller([], { pollMs: 5_000 });
      await idle();
      await tested.open(clock).set(deadline('a', 1));
      await advance(5);
      await eventually(() => expect(ids()).toEqual(['a']));
    });

    it('that cannot be told are tried again after growing pauses, and hold up no other', async () => {
      const { queue, told, ids } = poller(['a', 'a', 'a']);
      await queue.set(deadline('a', 10));
      await queue.set(deadline('b', 10));
      await queue.set(deadline('c', 12));
      await idle();
      for (let second = 0; second < 20; second += 1) {
        await advance(1);
        await idle();
      }
      expect(ids()).toEqual(['b', 'c', 'a']);
      expect(told.at(-1)?.at).toBe(after(17));
    });

    it('are told once each by processes that compete for them', async () => {
      const processes = [poller([], { batchSize: 7 }), poller([], { batchSize: 7 })];
      const all = Array.from({ length: 120 }, (_, n) => deadline(`d${n}`, n % 5));
      await Promise.all(all.map((each, n) => processes[n % 2]?.queue.set(each)));
      await idle(2);
      await advance(5);
      const told = (): readonly string[] => processes.flatMap(({ ids }) => ids());
      await eventually(() => expect(told()).toHaveLength(all.length));
      await idle(2);
      expect(new Set(told()).size).toBe(all.length);
      expect(told()).toHaveLength(all.length);
    });

    it('that a process had in hand when it died are told by another one, once it is taken for dead', async () => {
      const dead = tested.open(clock);
      await dead.set(deadline('a', 10));
      await advance(10);
      const inHand = await dead.take({ now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 10 });
      expect(inHand).toMatchObject([{ id: 'a', tries: 1 }]);
      const { ids, told } = poller();
      await idle();
      await advance(59.999);
      await idle();
      expect(ids()).toEqual([]);
      await advance(0.001);
      await eventually(() => expect(told).toMatchObject([{ deadline: { id: 'a' }, at: after(70) }]));
    });

    it('are shown while they wait, the earliest first, page by page: what is due by now and what is not, by name and stream', async () => {
      const queue = tested.open(clock);
      for (const [id, seconds] of [
        ['c', 30],
        ['b', 10],
        ['a', 10],
        ['d', 40],
        ['told', 5],
        ['called-off', 5],
      ] as const)
        await queue.set({ ...deadline(id, seconds), ...(id === 'd' ? { name: 'PickUpOverdue', correlationId: 'x' } : {}) });
      await queue.settle(['told']);
      await queue.cancel('called-off');
      await advance(30);
      await queue.postpone('a', new Date(after(90)));
      const ids = async (listing: Omit<DeadlineListing, 'now' | 'limit'>, limit = 10): Promise<readonly string[]> =>
        (await queue.list({ now: clock.now(), limit, ...listing })).map(({ id }) => id);
      expect(await ids({})).toEqual(['a', 'b', 'c', 'd']);
      expect(await ids({ state: 'overdue' })).toEqual(['a', 'b', 'c']);
      expect(await ids({ state: 'upcoming' })).toEqual(['d']);
      expect(await ids({ name: 'PickUpOverdue' })).toEqual(['d']);
      expect(await ids({ stream: 'order-b' })).toEqual(['b']);
      expect(await ids({ after: [after(10), 'a'] }, 2)).toEqual(['b', 'c']);
      expect(await queue.list({ now: clock.now(), limit: 1 })).toEqual([
        { id: 'a', stream: 'order-a', name: 'PaymentOverdue', dueAt: after(10), nextAt: after(90), tries: 0 },
      ]);
      expect(await queue.list({ now: clock.now(), limit: 1, state: 'upcoming' })).toMatchObject([{ correlationId: 'x' }]);
    });

    it('are left in peace by who is told to stop', async () => {
      const { queue, ids, stop } = poller();
      await queue.set(deadline('a', 10));
      await idle();
      await stop();
      await advance(10);
      expect(ids()).toEqual([]);
      const other = poller();
      await eventually(() => expect(other.ids()).toEqual(['a']));
    });
  });
};
