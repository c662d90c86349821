import { manualClock, Overloaded, type Outcome, type Write } from '@cartage/eventsourcing';
import { prepare, type Prepared } from './append';
import { appendingTogether, roundsOf } from './batching';

const write = (stream: string, expected = 0, text = ''): Write => ({
  stream,
  expected,
  events: [{ type: 'Counted', data: { text }, id: `${stream}-${expected}`, meta: { commandId: 'c', correlationId: 'c', actor: 'spec' } }],
});
const streamsOf = (rounds: readonly (readonly Prepared[])[]) => rounds.map((round) => round.map((each) => each.stream));
const landed: Outcome = { status: 'appended', version: 1, position: '1', recordedAt: '2026-01-01T00:00:00.000Z' };

class DataFault extends Error {
  readonly code = '23505';
}

describe('batching appends', () => {
  it('puts a stream at most once in a round and keeps the order', () => {
    const rounds = roundsOf([write('a'), write('b'), write('a', 1), write('c'), write('a', 2)].map(prepare));
    expect(streamsOf(rounds)).toEqual([['a', 'b'], ['a', 'c'], ['a']]);
  });

  it('cuts large payloads into rounds that Postgres can take', () => {
    const large = 'x'.repeat(3_000_000);
    const rounds = roundsOf(['a', 'b', 'c', 'd'].map((stream) => prepare(write(stream, 0, large))));
    expect(streamsOf(rounds)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(roundsOf([])).toEqual([]);
  });

  it('shares one statement among callers that come at the same time', async () => {
    const rounds: number[] = [];
    const appendMany = appendingTogether(async (writes) => {
      rounds.push(writes.length);
      return writes.map(() => landed);
    });
    await Promise.all(['a', 'b', 'c'].map((stream) => appendMany([write(stream)])));
    expect(rounds).toEqual([3]);
  });

  it('lets a write that the database cannot take hurt its own caller only', async () => {
    const appendMany = appendingTogether(async (writes) => {
      if (writes.some(({ stream }) => stream === 'bad')) throw new DataFault();
      return writes.map(() => landed);
    });
    const [good, bad, better] = await Promise.allSettled(['good', 'bad', 'better'].map((stream) => appendMany([write(stream)])));
    expect([good?.status, bad?.status, better?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('finds the write that the database cannot take in few tries, however many came along', async () => {
    let tries = 0;
    const appendMany = appendingTogether(async (writes) => {
      tries += 1;
      if (writes.some(({ stream }) => stream === 's77')) throw new DataFault();
      return writes.map(() => landed);
    });
    const writes = Array.from({ length: 256 }, (_, n) => appendMany([write(`s${n}`)]));
    const settled = await Promise.allSettled(writes);
    expect(settled.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([77]);
    expect(tries).toBe(1 + 2 * 8);
  });

  it('tells everybody when the database is away, without asking it again for each', async () => {
    let asked = 0;
    const appendMany = appendingTogether(async () => {
      asked += 1;
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    });
    const results = await Promise.allSettled(['a', 'b'].map((stream) => appendMany([write(stream)])));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toBe(1);
  });

  it('refuses a name that would be written as another one', async () => {
    const appendMany = appendingTogether(async (writes) => writes.map(() => landed));
    await expect(appendMany([write('order-\ud800')])).rejects.toThrow(RangeError);
    expect(await appendMany([write('order-😀')])).toEqual([landed]);
  });

  it('turns away who would wait too long behind an append that hangs', async () => {
    const clock = manualClock();
    let answer = (): void => undefined;
    const appendMany = appendingTogether((writes) => new Promise((resolve) => (answer = () => resolve(writes.map(() => landed)))), {
      clock,
      deadlineMs: 100,
    });
    const first = appendMany([write('first')]);
    await clock.advance(0);
    const second = expect(appendMany([write('second')])).rejects.toThrow(Overloaded);
    await clock.advance(100);
    await second;
    answer();
    expect(await first).toEqual([landed]);
  });

  it('refuses what is not JSON before it meets the writes of others', async () => {
    const appendMany = appendingTogether(async (writes) => writes.map(() => landed));
    const odd = { ...write('odd'), events: [{ ...write('odd').events[0], data: 1n }] } as Write;
    const [failed, fine] = await Promise.allSettled([appendMany([odd]), appendMany([write('fine')])]);
    expect([failed?.status, fine?.status]).toEqual(['rejected', 'fulfilled']);
  });
});
