import { numberOf, Previewed, type Appended, type NewEvent } from '@cartage/eventsourcing';
import { v7 as newId } from 'uuid';
import { event, followed, unused, upTo, write, type Its } from './fixture';

export const appendingContract = (its: Its): void => {
  describe('appending', () => {
    it('keeps events as they were given, and says where they stand', async () => {
      const stream = unused('order');
      const given: NewEvent = {
        type: 'OrderPlaced',
        data: { lines: [{ sku: 'A-1', quantity: 2 }], note: null, nested: { deep: [true, 1.5, ''] } },
        id: newId(),
        meta: {
          commandId: 'the command',
          correlationId: 'the correlation',
          causationId: 'the cause',
          actor: 'carrier:swift',
          traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
          fingerprint: 'f00d',
          sequence: 1,
        },
      };
      const before = Date.now();
      const [outcome] = await its.store.appendMany([{ stream, expected: 0, events: [given] }]);
      const [read] = await its.store.readMany([stream]);
      const stored = read?.events[0];
      expect(stored).toEqual({ ...given, stream, version: 1, position: expect.any(String), recordedAt: expect.any(String) });
      expect(outcome).toEqual({ status: 'appended', version: 1, position: stored?.position, recordedAt: stored?.recordedAt });
      expect(stored?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(Math.abs(Date.parse(stored?.recordedAt ?? '') - before)).toBeLessThan(60_000);
    });

    it('appends nothing of a preview, nor of what comes with it', async () => {
      const [stream, beside] = [unused('previewed'), unused('beside')];
      const asked = write(stream, 0, 2);
      const previewed = { ...asked, events: asked.events.map((each) => ({ ...each, meta: { ...each.meta, preview: true as const } })) };
      await expect(its.store.appendMany([write(beside, 0, 1), previewed])).rejects.toBeInstanceOf(Previewed);
      expect((await its.store.readMany([stream, beside])).map(({ version }) => version)).toEqual([0, 0]);
    });

    it('answers with version and position of the last event of each write, in the order asked', async () => {
      const streams = upTo(5).map((n) => unused(`order${5 - n}`));
      const outcomes = await its.store.appendMany(streams.map((stream, n) => write(stream, 0, n + 1)));
      const read = await its.store.readMany(streams);
      expect(outcomes).toEqual(
        read.map(({ version, events: [...stored] }) => ({
          status: 'appended',
          version,
          position: stored.at(-1)?.position,
          recordedAt: stored[0]?.recordedAt,
        })),
      );
      expect(outcomes.map((outcome) => outcome.status === 'appended' && outcome.version)).toEqual([1, 2, 3, 4, 5]);
    });

    it('keeps the events of a write together in the log, and gives them one time', async () => {
      const from = await its.store.head();
      const streams = upTo(4).map((n) => unused(`together${n}`));
      const writes = streams.map((stream, n) => write(stream, 0, n + 1));
      const outcomes = await Promise.all(writes.map(async (each, n) => (await its.through(n).appendMany([each]))[0]));
      const seen = (await followed(its.store, from, { streams, count: 10 })).map(({ stream }) => stream);
      expect(seen).toEqual([...new Set(seen)].flatMap((stream) => seen.filter((each) => each === stream)));
      for (const [i, { events: stored }] of (await its.store.readMany(streams)).entries()) {
        const outcome = outcomes[i] as Appended;
        expect(stored.map(({ recordedAt }) => recordedAt)).toEqual(stored.map(() => outcome.recordedAt));
        if (!its.gapless) continue;
        const numbers = stored.map(({ position }) => numberOf(position));
        expect(numbers).toEqual(numbers.map((_, n) => numberOf(outcome.position) - (numbers.length - 1 - n)));
      }
    });

    it('counts positions without gaps, also after conflicts, where the store promises it', async () => {
      if (!its.gapless) return;
      const from = await its.store.head();
      const stream = unused('contended');
      const races = upTo(12).map((n) => its.through(n).appendMany([write(stream, 0, 2), write(unused('calm'), 0)]));
      await Promise.all(races);
      const behind = [write(stream, 0), write(stream, 7)];
      for (const each of behind) expect(await its.store.appendMany([each])).toEqual([{ status: 'conflict' }]);
      const [last] = await its.store.appendMany([write(unused('after'), 0)]);
      expect(numberOf((last as Appended).position) - numberOf(from)).toBe(2 + 12 + 1);
    });

    it('keeps data as JSON would: no undefined, no dates', async () => {
      const from = await its.store.head();
      const stream = unused('json');
      const at = new Date();
      await its.store.appendMany([{ stream, expected: 0, events: [event('Odd', { at, left: undefined, list: [undefined] })] }]);
      const [read] = await its.store.readMany([stream]);
      const [heard] = await followed(its.store, from, { streams: [stream], count: 1 });
      for (const each of [read?.events[0], heard]) expect(each?.data).toStrictEqual({ at: at.toISOString(), list: [null] });
    });

    it('reads a stream that is asked for twice at once as it is, then and later', async () => {
      const stream = unused('asked-twice');
      await its.store.appendMany([write(stream, 0, 3)]);
      const read = await its.store.readMany([stream, stream]);
      expect(read.map(({ version, events: stored }) => [version, stored.length])).toEqual([
        [3, 3],
        [3, 3],
      ]);
      expect((await its.store.readMany([stream]))[0]?.version).toBe(3);
    });

    it('lands the writes of a batch that can land, whatever becomes of the others', async () => {
      const [fresh, taken, behind, ahead] = ['fresh', 'taken', 'behind', 'ahead'].map(unused) as [string, string, string, string];
      await its.store.appendMany([write(taken, 0), write(behind, 0, 3), write(ahead, 0, 2)]);
      const outcomes = await its.store.appendMany([write(taken, 0, 2), write(fresh, 0, 2), write(behind, 2), write(ahead, 2)]);
      expect(outcomes.map(({ status }) => status)).toEqual(['conflict', 'appended', 'conflict', 'appended']);
      const read = await its.store.readMany([fresh, taken, behind, ahead]);
      expect(read.map(({ version }) => version)).toEqual([2, 1, 3, 3]);
    });

    it('takes an expectation beyond the end of a stream for a conflict, so that no stream has gaps', async () => {
      const [missing, short] = [unused('missing'), unused('short')];
      await its.store.appendMany([write(short, 0)]);
      const outcomes = await its.store.appendMany([write(missing, 1), write(short, 2)]);
      expect(outcomes).toEqual([{ status: 'conflict' }, { status: 'conflict' }]);
      expect((await its.store.readMany([missing, short])).map(({ version }) => version)).toEqual([0, 1]);
    });

    it('gives a stream to the first of two writes in one call', async () => {
      const stream = unused('twice');
      const first = write(stream, 0, 2);
      const outcomes = await its.store.appendMany([first, write(stream, 0, 3)]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['appended', 'conflict']);
      const [read] = await its.store.readMany([stream]);
      expect([2, 3]).toContain(read?.version);
    });

    it('lands nothing of a write without events', async () => {
      const [empty, other] = [unused('empty'), unused('other')];
      const outcomes = await its.store.appendMany([{ stream: empty, expected: 0, events: [] }, write(other, 0)]);
      expect(outcomes.map(({ status }) => status)).toEqual(['conflict', 'appended']);
    });

    it('lets exactly one of many racing writers win, and never half of a write', async () => {
      const streams = upTo(8).map(() => unused('race'));
      const racers = upTo(16).map((n) => streams.map((stream) => write(stream, 0, 1 + (n % 4))));
      const all = await Promise.all(racers.map((writes, n) => its.through(n).appendMany(writes)));
      const read = await its.store.readMany(streams);
      for (const [i, stream] of streams.entries()) {
        const winners = all.flatMap((outcomes, racer) => (outcomes[i]?.status === 'appended' ? [racer] : []));
        expect(winners).toHaveLength(1);
        const won = racers[winners[0] ?? 0]?.[i];
        expect(read[i]).toMatchObject({ stream, events: won?.events.map(({ id }) => ({ id })) });
      }
    });

    it('keeps payloads of a megabyte, and every string that JavaScript can hold', async () => {
      const stream = unused('large');
      const large = event('Large', { text: 'ü€😀 "quoted" \\ \n'.repeat(38_000) });
      const strange = event('Strange', { 'a key': 'nul \u0000, lone surrogate \ud800, separator \u2028', emoji: '👩‍🚀' });
      const other = unused('other');
      const outcomes = await its.store.appendMany([{ stream, expected: 0, events: [large, strange] }, write(other, 0)]);
      expect(outcomes.map(({ status }) => status)).toEqual(['appended', 'appended']);
      const [read] = await its.store.readMany([stream]);
      expect(read?.events.map(({ data }) => data)).toEqual([large.data, strange.data]);
    });
  });
};
