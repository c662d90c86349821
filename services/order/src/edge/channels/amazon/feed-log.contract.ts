import { randomUUID } from 'node:crypto';
import type { FeedLog } from './feed-log';

/** What every log of feeds promises. Run it in a spec of each implementation. */
export const feedLogContract = (name: string, onTrial: () => FeedLog): void => {
  describe(`feeds as ${name} keeps them`, () => {
    const at = '2026-11-27T10:00:00.000Z';
    const begin = async (count: number) => {
      const lane = { channel: `shop-${randomUUID()}`, feedType: 'POST_PAYMENT_ADJUSTMENT_DATA' };
      const ids = Array.from({ length: count }, () => randomUUID());
      for (const updateId of ids) await onTrial().add({ ...lane, updateId, message: `<${updateId}/>`, given: 5 });
      const waiting = async () => (await onTrial().waiting(lane, 10)).map(({ updateId }) => updateId);
      return { log: onTrial(), lane, ids, waiting, documentId: randomUUID(), feedId: randomUUID() };
    };

    it('keep each message once, in the order in which it came', async () => {
      const { log, lane, ids, waiting } = await begin(3);
      await log.add({ ...lane, updateId: ids[0] ?? '', message: '<other/>' });
      expect(await waiting()).toEqual(ids);
      expect(await log.find(ids[0] ?? '')).toEqual({
        ...{ ...lane, updateId: ids[0], message: `<${ids[0]}/>`, given: 5 },
        ...{ documentId: undefined, place: undefined, feedId: undefined, answer: undefined },
      });
      expect((await log.waiting(lane, 2)).length).toBe(2);
      await log.remove(ids[1] ?? '');
      expect(await waiting()).toEqual([ids[0], ids[2]]);
    });

    it('know the document whose feed nobody knows, until somebody does', async () => {
      const { log, lane, ids, waiting, documentId, feedId } = await begin(3);
      await log.begin(ids.slice(0, 2), { documentId, begunAt: at });
      expect(await waiting()).toEqual(ids.slice(2));
      expect(await log.begun(lane)).toEqual({ documentId, begunAt: at });
      expect(await log.begun({ ...lane, feedType: 'OTHER' })).toBeUndefined();
      await log.name(documentId, feedId);
      expect(await log.begun(lane)).toBeUndefined();
      expect(await log.find(ids[1] ?? '')).toMatchObject({ documentId, place: 2, feedId });
      expect(await log.known(lane, ['strange', feedId])).toEqual(new Set([feedId]));
    });

    it('say anew what was taken out, and know the feed that it was in all the same', async () => {
      const { log, lane, ids, waiting, documentId, feedId } = await begin(1);
      const [updateId = ''] = ids;
      await log.begin(ids, { documentId, begunAt: at });
      await log.name(documentId, feedId);
      await log.remove(updateId);
      expect([await log.find(updateId), await waiting(), await log.begun(lane)]).toEqual([undefined, [], undefined]);
      await log.add({ ...lane, updateId, message: '<anew/>' });
      expect([await waiting(), await log.known(lane, [feedId])]).toEqual([[updateId], new Set([feedId])]);
    });

    it('are answered by the numbers in their document; or all in the same way', async () => {
      const { log, ids, documentId } = await begin(2);
      const fault = { field: 'message', code: '18028', message: 'No.' };
      await log.begin(ids, { documentId, begunAt: at });
      await log.settle(documentId, new Map([[2, [fault]]]));
      const answers = async () => Promise.all(ids.map(async (id) => (await log.find(id))?.answer));
      expect(await answers()).toEqual([[], [fault]]);
      await log.settle(documentId, new Map(), [fault]);
      expect(await answers()).toEqual([[fault], [fault]]);
    });

    it('are handed over by one at a time, and by the next when that failed', async () => {
      const { log, lane } = await begin(0);
      const done: string[] = [];
      await log.inTurn(lane, async () => {
        await log.inTurn(lane, async () => void done.push('another'));
        await log.inTurn({ ...lane, feedType: 'OTHER' }, async () => void done.push('another lane'));
      });
      await expect(log.inTurn(lane, () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');
      await log.inTurn(lane, async () => void done.push('the next'));
      expect(done).toEqual(['another lane', 'the next']);
    });
  });
};
