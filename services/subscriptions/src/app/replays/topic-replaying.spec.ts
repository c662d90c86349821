import { manualClock } from '@cartage/eventsourcing';
import fc from 'fast-check';
import type { Entry } from '../../domain/journaling';
import { factOf } from '../../domain/facts.fixture';
import type { Piece, Reading } from '../fact-log';
import type { TopicReplay } from './replay-table';
import { TopicReplaying, type SendEntries, type TopicReplayingNeeds } from './topic-replaying';

const START = '2026-11-28T12:00:00.000Z';
const replayOf = (more: Partial<TopicReplay> = {}): TopicReplay => ({
  ...{ replayId: 'r-1', topic: 'replays.erp', filter: {}, after: 3, upTo: 2_503, rate: 700, position: 3, entered: 0 },
  ...{ askedAt: START, askedBy: 'spec', status: 'running', ...more },
});

const entry = (position: number): Entry => ({
  position,
  fact: factOf({ n: position, type: 'OrderPlaced', order: position % 7, channel: 'web' }),
});

type Outcome = Awaited<ReturnType<SendEntries>> | 'crash';

/** One replay, in a table as every process has it, and what came to the topic. */
const world = (replay = replayOf(), wanted: (position: number) => boolean = () => true) => {
  const clock = manualClock(START);
  const state = { replay, nextAt: clock.now() };
  const received: number[] = [];
  const table: TopicReplayingNeeds['table'] = {
    dueTopics: async (now) => (state.replay.status === 'running' && state.nextAt <= now ? [state.replay.replayId] : []),
    claim: async (_, now, until) => {
      if (state.replay.status !== 'running' || state.nextAt > now) return undefined;
      state.nextAt = until;
      return state.replay;
    },
    sent: async (before, after, nextAt) => {
      if (state.replay.status !== 'running' || state.replay.position !== before.position) return false;
      Object.assign(state, { replay: { ...after, topic: replay.topic }, nextAt });
      return true;
    },
    failed: async (_, failure, nextAt) => void Object.assign(state, { replay: { ...state.replay, failure }, nextAt }),
  };
  const read = async ({ after, upTo = Infinity, limit }: Reading): Promise<Piece> => {
    const found = Array.from({ length: Math.min(upTo, 10_000) - after }, (_, i) => after + 1 + i)
      .filter(wanted)
      .slice(0, limit);
    return { entries: found.map(entry), more: found.length === limit };
  };
  const process = (outcomes: Outcome[] = []) =>
    new TopicReplaying({
      ...{ table, facts: { read }, clock, share: () => 1 },
      send: async (_, entries) => {
        const outcome = outcomes.shift() ?? { refused: 0 };
        // What crashes before it could say so has come there all the same.
        if (outcome === 'crash' || (outcome && 'refused' in outcome)) received.push(...entries.map(({ position }) => position));
        if (outcome === 'crash') throw new Error('The process died.');
        return outcome;
      },
    });
  return { clock, state, received, process };
};

const upTo = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, i) => from + 1 + i);

describe('a replay to a topic', () => {
  it('sends no more in a second than its rate, and is complete when all was sent', async () => {
    const { clock, state, received, process } = world();
    const replaying = process();
    for (const sent of [700, 1_400, 2_100]) {
      await replaying.step();
      await clock.advance(999);
      await replaying.step();
      expect(received).toEqual(upTo(3, 3 + sent));
      await clock.advance(1);
    }
    await replaying.step();
    expect(state.replay).toMatchObject({ status: 'complete', position: 2_503, entered: 2_500, refused: 0 });
    await replaying.step();
    expect(received).toHaveLength(2_500);
  });

  it('sends each event of its range in order, at least once, whatever crashes, fails or comes between: once each, but for what was in hand', () => {
    const outcome = fc.constantFrom<Outcome>({ refused: 0 }, { refused: 0 }, { failure: 'Kafka is away.' }, 'crash', undefined);
    return fc.assert(
      fc.asyncProperty(
        fc.array(outcome, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(3),
        async (outcomes, every, processes) => {
          const wanted = (position: number): boolean => position % every === 0;
          const { clock, state, received, process } = world(replayOf(), wanted);
          const crashes = outcomes.filter((each) => each === 'crash').length;
          const running = Array.from({ length: processes + 1 }, () => process(outcomes));
          for (let round = 0; state.replay.status === 'running' && round < 60; round += 1) {
            await Promise.all(running.map((each) => each.step().catch(() => undefined)));
            await clock.advance(61_000);
          }
          const all = upTo(3, 2_503).filter(wanted);
          expect(state.replay).toMatchObject({ status: 'complete', entered: all.length });
          expect([...new Set(received)]).toEqual(all);
          expect(received.length).toBeLessThanOrEqual(all.length + crashes * 500);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('says why it does not go on, and rests for a minute, in which all others go on, until it does', async () => {
    const { clock, state, process } = world();
    const replaying = process([{ failure: 'Not authorised.' }]);
    await replaying.step();
    expect(state.replay).toMatchObject({ failure: 'Not authorised.', position: 3, entered: 0 });
    await clock.advance(59_999);
    await replaying.step();
    expect(state.replay.failure).toBe('Not authorised.');
    await clock.advance(1);
    await replaying.step();
    expect(state.replay).toMatchObject({ entered: 700 });
    expect(state.replay.failure).toBeUndefined();
  });

  it('counts what the topic will never take, and sends nothing more once it is cancelled', async () => {
    const { state, received, process } = world();
    const replaying = process([{ refused: 2 }, { refused: 1 }]);
    await replaying.step();
    expect(state.replay).toMatchObject({ entered: 700, refused: 3 });
    state.replay = { ...state.replay, status: 'cancelled' };
    state.nextAt = new Date(0);
    await replaying.step();
    expect(received).toHaveLength(700);
  });
});
