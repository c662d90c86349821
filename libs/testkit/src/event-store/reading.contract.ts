import type { NewEvent } from '@cartage/eventsourcing';
import { event, unused, write, type Its } from './fixture';

export const readingContract = (its: Its): void => {
  describe('reading', () => {
    it('answers only what comes after a version, and the stream’s own version', async () => {
      const [stream, missing] = [unused('tail'), unused('missing')];
      await its.store.appendMany([write(stream, 0, 5)]);
      const read = await its.store.readMany([
        { stream, after: 3 },
        { stream, after: 0 },
        { stream, after: 5 },
        { stream, after: 9 },
        { stream: missing, after: 2 },
        stream,
      ]);
      expect(read.map((each) => [each.stream, each.version, each.events.map(({ version }) => version)])).toEqual([
        [stream, 5, [4, 5]],
        [stream, 5, [1, 2, 3, 4, 5]],
        [stream, 5, []],
        [stream, 5, []],
        [missing, 0, []],
        [stream, 5, [1, 2, 3, 4, 5]],
      ]);
    });

    it('knows where streams end without reading them: version, and how many of their events are published', async () => {
      const [mixed, secret, missing] = [unused('mixed'), unused('secret'), unused('missing')];
      const published = (sequence: number): NewEvent => {
        const one = event('Published');
        return { ...one, meta: { ...one.meta, sequence } };
      };
      await its.store.appendMany([
        write(secret, 0, 2),
        { stream: mixed, expected: 0, events: [event('Private'), published(1), published(2)] },
      ]);
      await its.store.appendMany([{ stream: mixed, expected: 3, events: [event('Private')] }]);
      expect(await its.store.heads([mixed, missing, secret, mixed])).toEqual([
        { stream: mixed, version: 4, sequence: 2 },
        { stream: missing, version: 0, sequence: 0 },
        { stream: secret, version: 2, sequence: 0 },
        { stream: mixed, version: 4, sequence: 2 },
      ]);
      await its.store.appendMany([{ stream: mixed, expected: 4, events: [event('Private'), published(3), event('Private')] }]);
      expect(await its.store.heads([mixed])).toEqual([{ stream: mixed, version: 7, sequence: 3 }]);
      expect(await its.store.heads([])).toEqual([]);
    });

    it('answers in the order asked, with version 0 for a stream that does not exist', async () => {
      const [a, b, missing] = [unused('a'), unused('b'), unused('missing')];
      await its.store.appendMany([write(a, 0, 2), write(b, 0, 1)]);
      const read = await its.store.readMany([missing, b, a]);
      expect(read.map(({ stream, version, events: stored }) => [stream, version, stored.length])).toEqual([
        [missing, 0, 0],
        [b, 1, 1],
        [a, 2, 2],
      ]);
      expect(read[2]?.events.map(({ version }) => version)).toEqual([1, 2]);
      expect(await its.store.readMany([])).toEqual([]);
    });
  });
};
