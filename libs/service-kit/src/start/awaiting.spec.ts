import { manualClock } from '@cartage/eventsourcing';
import { awaitNeeded } from './awaiting';
import type { Needed } from './failure';

const needed: Needed = { what: 'Postgres', setting: 'DATABASE_URL', url: 'postgres://cartage:hunter2@db:5432/cartage' };
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

const waiting = (failures: readonly Error[], patienceMs: number) => {
  const clock = manualClock();
  const said: string[] = [];
  let asked = 0;
  const answered = awaitNeeded(needed, {
    ...{
      clock,
      patienceMs,
      log: { warn: (fields: object, line: string) => void said.push(`${line}: ${JSON.stringify(fields)}`) } as never,
    },
    ask: async () => {
      const failure = failures[asked];
      asked += 1;
      if (failure) throw failure;
    },
  });
  return { answered, clock, said, asked: () => asked };
};

describe('a start that needs a database', () => {
  it('waits while it is away, says for what and why, and goes on when it is there', async () => {
    const { answered, clock, said } = waiting([refused, refused], 60_000);
    let done = false;
    void answered.then(() => (done = true));
    for (let i = 0; i < 20 && !done; i += 1) await clock.advance(1_000);
    await answered;
    expect(said).toEqual(
      Array.from({ length: 2 }, () => 'the start waits for Postgres: {"setting":"DATABASE_URL","why":"nothing listens there"}'),
    );
  });

  it('gives up after a while, for now, in a line that names the setting and no password', async () => {
    const { answered, clock, asked } = waiting(
      Array.from({ length: 100 }, () => refused),
      20_000,
    );
    const failure = answered.catch((error: unknown) => error);
    for (let i = 0; i < 60; i += 1) await clock.advance(1_000);
    expect(await failure).toMatchObject({ exitCode: 75, lines: [expect.stringContaining('DATABASE_URL: Postgres at db:5432/cartage')] });
    expect(String(await failure)).not.toContain('hunter2');
    // With pauses that grow, and not as fast as it can.
    expect(asked()).toBeLessThan(15);
  });

  it('does not wait for what has to be mended', async () => {
    const { answered, asked } = waiting([Object.assign(new Error('no'), { code: '28P01' })], 60_000);
    await expect(answered).rejects.toMatchObject({ exitCode: 78 });
    expect(asked()).toBe(1);
  });
});
