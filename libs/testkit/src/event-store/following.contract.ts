import { START } from '@cartage/eventsourcing';
import { appendPatiently, followed, PATIENCE_MS, TIME_LIMIT_MS, unused, upTo, versionsOf, write, type Its } from './fixture';

export const followingContract = (its: Its): void => {
  describe('following', () => {
    it(
      'shows every event exactly once, in order, while sixteen writers append',
      async () => {
        const from = await its.store.head();
        const streams = upTo(16).map(() => unused('busy'));
        const perStream = upTo(12).reduce((sum, n) => sum + 1 + (n % 3), 0);
        const shared = unused('shared');
        const sharedTotal = 16 * (1 + 2);
        const all = [...streams, shared];
        const reading = followed(its.store, from, { streams: all, count: 16 * perStream + sharedTotal });
        await Promise.all(
          streams.map(async (stream, n) => {
            await appendPatiently(its.through(n), stream, 12);
            await appendPatiently(its.through(n), shared, 2);
          }),
        );
        const seen = await reading;
        expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
        for (const stream of streams) expect(versionsOf(seen, stream)).toEqual(upTo(perStream).map((n) => n + 1));
        expect(versionsOf(seen, shared)).toEqual(upTo(sharedTotal).map((n) => n + 1));
        const positions = seen.map(({ position }) => position);
        expect(positions).toEqual([...new Set(positions)].toSorted());
        expect(positions.every((position) => position > from && from >= START)).toBe(true);
      },
      TIME_LIMIT_MS,
    );

    it('goes on after any position that it gave, also another follower’s', async () => {
      const from = await its.store.head();
      const stream = unused('resumed');
      await its.store.appendMany([write(stream, 0, 7)]);
      const seen = await followed(its.store, from, { streams: [stream], count: 7 });
      for (const [i, { position }] of seen.slice(0, -1).entries()) {
        const rest = await followed(its.store, position, { streams: [stream], count: 6 - i });
        expect(rest).toEqual(seen.slice(i + 1));
      }
    });

    it('gives a batch of at most the size asked', async () => {
      const from = await its.store.head();
      const stream = unused('batched');
      await its.store.appendMany([write(stream, 0, 10)]);
      const sizes: number[] = [];
      for await (const batch of its.store.follow({ from, signal: AbortSignal.timeout(PATIENCE_MS), batchSize: 3 })) {
        sizes.push(batch.length);
        if (batch.some(({ stream: of, version }) => of === stream && version === 10)) break;
      }
      expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
    });

    it('brings what is appended while it waits, to everybody who follows', async () => {
      const from = await its.store.head();
      const stream = unused('late');
      const waiting = upTo(3).map(() => followed(its.store, from, { streams: [stream], count: 2 }));
      await its.store.appendMany([write(stream, 0)]);
      await its.store.appendMany([write(stream, 1)]);
      for (const seen of await Promise.all(waiting)) expect(versionsOf(seen, stream)).toEqual([1, 2]);
    });

    it('ends quietly when it is told to stop: before, while it waits, or between batches', async () => {
      const before = new AbortController();
      before.abort();
      const first = its.store.follow({ from: START, signal: before.signal })[Symbol.asyncIterator]();
      expect(await first.next()).toMatchObject({ done: true });

      const stream = unused('stopped');
      const from = await its.store.head();
      await its.store.appendMany([write(stream, 0)]);
      const between = new AbortController();
      let batches = 0;
      for await (const _ of its.store.follow({ from, signal: between.signal })) {
        batches += 1;
        between.abort();
      }
      expect(batches).toBe(1);

      const waiting = new AbortController();
      const next = its.store
        .follow({ from: await its.store.head(), signal: waiting.signal })
        [Symbol.asyncIterator]()
        .next();
      waiting.abort();
      expect(await next).toMatchObject({ done: true });
    });

    it('knows the head: the position of the last event that a follower can see', async () => {
      const stream = unused('head');
      const from = await its.store.head();
      await its.store.appendMany([write(stream, 0, 3)]);
      const seen = await followed(its.store, from, { streams: [stream], count: 3 });
      expect((await its.store.head()) >= (seen.at(-1)?.position ?? '')).toBe(true);
    });
  });
};
