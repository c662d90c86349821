import type { Replay } from '../../domain/replay';
import { faultOfTopic } from '../../domain/replay-topic';
import type { CountedReplay, ReplayTable } from './replay-table';
import { Replays } from './replays';

/** Where so many others run; nothing of them is looked at. */
const besides = (others: number) => {
  const kept = new Map<string, CountedReplay>();
  const table: Pick<ReplayTable, 'add' | 'find' | 'span'> = {
    add: async (replay: Replay, { most }) => {
      if (kept.has(replay.replayId)) return 'there';
      if (others + kept.size >= most) return 'full';
      kept.set(replay.replayId, { ...replay, waiting: 0, delivered: 0, givenUp: 0 });
      return 'added';
    },
    find: async (replayId) => kept.get(replayId),
    span: async () => ({ first: 1, last: 10 }),
  };
  return new Replays({
    table: table as ReplayTable,
    endpoint: async () => ({ filter: {} }),
    faultOfTopic: (topic) => faultOfTopic(topic, ['replays.']),
    head: async () => 10,
    idOf: ({ commandId }) => commandId,
    now: () => new Date('2026-11-28T12:00:00.000Z'),
  });
};

const wanted = { endpointId: 'e-1', filter: {}, rate: 10 };
const meta = (commandId: string) => ({ commandId, correlationId: 'c', actor: 'spec', fingerprint: commandId });

describe('a replay that is asked for', () => {
  it('has to wait where as many run as may', async () => {
    await expect(besides(20).ask(wanted, meta('one'))).rejects.toMatchObject({ code: 'REPLAYS_FULL' });
  });

  it.each<[object, string]>([
    [{}, 'REPLAY_TARGET_INVALID'],
    [{ endpointId: 'e-1', topic: 'replays.erp' }, 'REPLAY_TARGET_INVALID'],
    [{ endpointId: 'e-1', rate: 501 }, 'REPLAY_RATE_INVALID'],
    [{ topic: 'order.events' }, 'REPLAY_TOPIC_INVALID'],
  ])('goes to one place, and no faster than that can take it: %j', (target, code) =>
    expect(besides(0).ask({ filter: {}, rate: 10, ...target }, meta('one'))).rejects.toMatchObject({ code }),
  );

  it('goes to a topic with what was asked for, and nothing else', async () =>
    expect(await besides(0).ask({ topic: 'replays.erp', filter: { types: ['OrderPlaced'] }, rate: 5_000 }, meta('one'))).toMatchObject({
      ...{ topic: 'replays.erp', rate: 5_000, after: 0, upTo: 10, filter: { types: ['OrderPlaced'] } },
    }));

  it('is the same when it is asked for again, though it was the last that there was room for', async () => {
    const replays = besides(19);
    const first = await replays.ask(wanted, meta('one'));
    expect(await replays.ask(wanted, meta('one'))).toEqual(first);
  });
});
