import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { closedBreaker, FAILURES_TO_OPEN, roomIn } from '../../domain/circuit-breaker';
import { verdictOn, type Attempt, type Delivery } from '../../domain/delivery';
import { orderNamed, storyOf } from '../../domain/facts.fixture';
import { afterAttempt } from '../../domain/webhook-endpoint';
import { migrationStatements as factTables } from '../migrations/1764700000000-facts';
import { migrationStatements as webhookTables } from '../migrations/1764800000000-webhooks';
import { migrationStatements as replayTables } from '../migrations/1764900000000-replays';
import { factLogIn } from '../postgres-fact-log';
import { deliveryQueue } from './delivery-queue';
import { endpointTable } from './endpoint-rows';

const ENDPOINT = '0199a3c4-7b1e-7c3d-9f2a-900000000001';
const start = Date.UTC(2026, 10, 28, 9);
const at = (seconds: number): Date => new Date(start + seconds * 1_000);
const attemptOf = (status: number, seconds: number): Attempt => ({
  ...{ at: at(seconds).toISOString(), tookMs: 1, url: 'https://example.org' },
  answer: { status, headers: {}, body: '' },
});

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  for (const statement of [...factTables, ...webhookTables, ...replayTables]) await pool.query(statement);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  await pool.query('truncate fact, journal, webhook_endpoint cascade');
  const made = { madeAt: at(0).toISOString(), madeBy: 'spec', secrets: { key: 'k', box: 'b' } };
  await endpointTable(pool).add(
    { endpointId: ENDPOINT, url: 'https://example.org', filter: {}, position: 0, breaker: closedBreaker, ...made },
    { fingerprint: 'f', most: 1 },
  );
});

/** As a process has it: of its own, on the same tables. */
const replica = () => {
  const queue = deliveryQueue(pool);
  return {
    queue,
    claim: async (seconds: number, parallel = 50) => {
      const [now, until] = [at(seconds), at(seconds + 60)];
      const claimed = await queue.claim(ENDPOINT, { now, until, roomIn: (breaker) => roomIn(breaker, now, parallel) });
      return claimed?.deliveries ?? [];
    },
    settle: (delivery: Delivery, status: number, seconds: number) => {
      const attempt = attemptOf(status, seconds);
      return queue.settle(delivery, attempt, (breaker) => ({
        ...afterAttempt(breaker, attempt, at(seconds)),
        verdict: verdictOn(delivery, attempt, at(seconds)),
      }));
    },
  };
};

const keep = (orders: number): Promise<void> => factLogIn(pool, () => at(0)).keep(storyOf(orders));

describe('the queue of deliveries', () => {
  it('gives each delivery to one of several processes, and of an order the earliest only, until all are taken', async () => {
    await keep(5);
    const replicas = [replica(), replica(), replica()];
    const sent: { readonly id: string; readonly order: string | undefined; readonly sequence: number | undefined }[] = [];
    for (let round = 0; round < 60 && sent.length < 30; round += 1) {
      const claimed = await Promise.all(replicas.map(({ claim }) => claim(round)));
      const orders = claimed.flat().flatMap(({ entry }) => entry.orderId ?? []);
      expect(new Set(orders).size).toBe(orders.length);
      for (const [i, deliveries] of claimed.entries())
        for (const { delivery, entry } of deliveries) {
          sent.push({ id: delivery.deliveryId, order: entry.orderId, sequence: entry.sequence });
          await replicas[i]?.settle(delivery, 204, round);
        }
    }
    expect(new Set(sent.map(({ id }) => id)).size).toBe(30);
    expect(sent).toHaveLength(30);
    for (let n = 0; n < 5; n += 1)
      expect(sent.filter(({ order }) => order === orderNamed(n)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(await replica().queue.endpointsWithWork(at(100))).toEqual([]);
  });

  it('has no more under way than has room, over all processes', async () => {
    await keep(8);
    expect(await replica().claim(0, 3)).toHaveLength(3);
    expect(await replica().claim(1, 3)).toEqual([]);
    expect(await replica().claim(1, 5)).toHaveLength(2);
  });

  it('gives what a process has not settled in time to another one, under the same id; what the first says then counts for nothing', async () => {
    await keep(1);
    const [slow, other] = [replica(), replica()];
    const [first] = await slow.claim(0);
    expect((await other.claim(59)).map(({ delivery }) => delivery.deliveryId)).not.toContain(first?.delivery.deliveryId);
    const again = (await other.claim(61)).find(({ delivery }) => delivery.deliveryId === first?.delivery.deliveryId);
    expect(again?.delivery).toMatchObject({ attempts: 2, tries: 2, firstTriedAt: at(0).toISOString() });
    if (first) await slow.settle(first.delivery, 500, 62);
    expect((await endpointTable(pool).find(ENDPOINT))?.failed).toBe(0);
    if (again) await other.settle(again.delivery, 200, 63);
    expect(await endpointTable(pool).find(ENDPOINT)).toMatchObject({ delivered: 1, failed: 0 });
  });

  it('gives back what was not sent as if it had not been tried', async () => {
    await keep(1);
    const one = replica();
    const [first] = await one.claim(0, 1);
    if (first) await one.queue.release(first.delivery);
    const [again] = await one.claim(1, 1);
    expect(again?.delivery).toMatchObject({
      deliveryId: first?.delivery.deliveryId,
      tries: 1,
      firstTriedAt: at(1).toISOString(),
    });
  });

  it('gives nothing to whom nothing is taken by, then one delivery to try it with, and all when that is taken', async () => {
    await keep(12);
    const one = replica();
    for (const { delivery } of await one.claim(0, FAILURES_TO_OPEN)) await one.settle(delivery, 503, 0);
    expect([await one.queue.endpointsWithWork(at(30)), await one.claim(30)]).toEqual([[], []]);
    const [probe, ...more] = await one.claim(61);
    expect(more).toEqual([]);
    if (probe) await one.settle(probe.delivery, 200, 61);
    expect((await one.claim(62)).length).toBeGreaterThan(5);
  });
});
