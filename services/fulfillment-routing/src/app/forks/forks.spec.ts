import { MemoryForkTable } from './fork-table.fixture';
import { createForks } from './forks';

const meta = { commandId: '00000000-0000-4000-8000-000000000001', correlationId: 'c', actor: 'spec', fingerprint: 'f' };

describe('a fork that is asked for again', () => {
  it('is the one that was asked for, however long ago: what was no longer than it may be then is so for ever', async () => {
    let now = '2026-11-23T10:00:00.000Z';
    let asked = 0;
    const forks = createForks({
      ...{ table: new MemoryForkTable(), log: { decisionsIn: async () => 7 }, now: () => new Date(now) },
      ...{ policyOf: async () => ({ rules: {} }), mostDays: 7, mostDecisions: 100 },
      asked: () => {
        asked += 1;
      },
    });
    const terms = { from: '2026-11-20T00:00:00.000Z', capacity: [], stock: [], opened: [], closed: [] };
    const first = await forks.ask(terms, meta);
    now = '2026-12-23T10:00:00.000Z';
    expect(await forks.ask(terms, meta)).toEqual(first);
    await expect(forks.ask(terms, { ...meta, commandId: '00000000-0000-4000-8000-000000000002' })).rejects.toMatchObject({
      code: 'FORK_TOO_LONG',
    });
    await expect(forks.ask(terms, { ...meta, fingerprint: 'another' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(asked).toBe(2);
  });
});
