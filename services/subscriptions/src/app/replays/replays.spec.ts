import type { Replay } from '../../domain/replay';
import type { CountedReplay, ReplayTable } from './replay-table';
import { Replays } from './replays';

/** Where so many others run; nothing of them is looked at. */
const besides = (others: number) => {
  const kept = new Map<string, CountedReplay>();
  const table: Pick<ReplayTable, 'add' | 'running' | 'find' | 'span'> = {
    add: async (replay: Replay) => {
      if (kept.has(replay.replayId)) return 'there';
      kept.set(replay.replayId, { ...replay, waiting: 0, delivered: 0, givenUp: 0 });
      return 'added';
    },
    running: async () => others + kept.size,
    find: async (replayId) => kept.get(replayId),
    span: async () => ({ first: 1, last: 10 }),
  };
  return new Replays({
    table: table as ReplayTable,
    endpoint: async () => ({ filter: {} }),
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

  it('is the same when it is asked for again, though it was the last that there was room for', async () => {
    const replays = besides(19);
    const first = await replays.ask(wanted, meta('one'));
    expect(await replays.ask(wanted, meta('one'))).toEqual(first);
  });
});
