import type { Outcome, Write } from '@cartage/eventsourcing';
import { prepare, type Prepared } from './append';
import { appendingTogether, roundsOf } from './batching';

const write = (stream: string, expected = 0, text = ''): Write => ({
  stream,
  expected,
  events: [{ type: 'Counted', data: { text }, id: `${stream}-${expected}`, meta: { commandId: 'c', correlationId: 'c', actor: 'spec' } }],
});
const streamsOf = (rounds: readonly (readonly Prepared[])[]) => rounds.map((round) => round.map((each) => each.write.stream));
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
      if (writes.some(({ write: { stream } }) => stream === 'bad')) throw new DataFault();
      return writes.map(() => landed);
    });
    const [good, bad, better] = await Promise.allSettled(['good', 'bad', 'better'].map((stream) => appendMany([write(stream)])));
    expect([good?.status, bad?.status, better?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
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

  it('refuses what is not JSON before it meets the writes of others', async () => {
    const appendMany = appendingTogether(async (writes) => writes.map(() => landed));
    const odd = { ...write('odd'), events: [{ ...write('odd').events[0], data: 1n }] } as Write;
    const [failed, fine] = await Promise.allSettled([appendMany([odd]), appendMany([write('fine')])]);
    expect([failed?.status, fine?.status]).toEqual(['rejected', 'fulfilled']);
  });
});
