import { testDatabase, type TestDatabase } from '@cartage/testkit';
import fc from 'fast-check';
import { Pool } from 'pg';
import { closedBreaker, FAILURES_TO_OPEN, roomIn } from '../../domain/circuit-breaker';
import { verdictOn, type Attempt, type Delivery } from '../../domain/delivery';
import { orderNamed, storyOf } from '../../domain/facts.fixture';
import { afterAttempt } from '../../domain/webhook-endpoint';
import { migrationStatements as factTables } from '../migrations/1764700000000-facts';
import { migrationStatements as webhookTables } from '../migrations/1764800000000-webhooks';
import { migrationStatements as replayTables } from '../migrations/1764900000000-replays';
import { migrationStatements as topicReplayTables } from '../migrations/1765000000000-topic-replays';
import { migrationStatements as turns } from '../migrations/1765200000000-webhook-turns';
import { factLogIn } from '../postgres-fact-log';
import { deliveryLog } from './delivery-log';
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

const makeTables = async (on: Pool): Promise<void> => {
  for (const statement of [...factTables, ...webhookTables, ...replayTables, ...topicReplayTables, ...turns]) await on.query(statement);
};

const makeEndpoint = async (on: Pool): Promise<void> => {
  const made = { madeAt: at(0).toISOString(), madeBy: 'spec', secrets: { key: 'k', box: 'b' } };
  await endpointTable(on).add(
    { endpointId: ENDPOINT, url: 'https://example.org', filter: {}, position: 0, breaker: closedBreaker, ...made },
    { fingerprint: 'f', most: 1 },
  );
};

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  await makeTables(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  await pool.query('truncate fact, journal, webhook_endpoint cascade');
  await makeEndpoint(pool);
});

/** As a process has it: of its own, on the same tables. */
const replica = (on = pool) => {
  const queue = deliveryQueue(on);
  return {
    queue,
    claim: async (seconds: number, parallel = 50, most = 100) => {
      const [now, until] = [at(seconds), at(seconds + 60)];
      const claimed = await queue.claim(ENDPOINT, { now, until, most, roomIn: (breaker) => roomIn(breaker, now, parallel) });
      return claimed?.deliveries ?? [];
    },
    settle: (delivery: Delivery, status: number, seconds: number) => {
      const attempt = attemptOf(status, seconds);
      const verdict = verdictOn(delivery, attempt, at(seconds));
      return queue.settle({ delivery, attempt, verdict, after: (breaker) => afterAttempt(breaker, attempt, at(seconds)) });
    },
  };
};

const keep = (orders: number): Promise<void> => factLogIn(pool, () => at(0)).keep(storyOf(orders));

const waiting = async (): Promise<number> => (await pool.query(`select from webhook_delivery where status = 'waiting'`)).rowCount ?? 0;

/** Under each key the earliest that waits is in its turn and no other; and as many wait as are counted. */
const wrong = async (): Promise<readonly unknown[]> => {
  const { rows } = await pool.query(`
    select 'turn' as what, position::text as of from (
      select position, in_turn, position = min(position) over (partition by endpoint_id, partition_key) as first
      from webhook_delivery where status = 'waiting') as w where in_turn <> first
    union all select 'count', waiting::text from webhook_endpoint e
    where waiting <> (select count(*) from webhook_delivery d where d.endpoint_id = e.endpoint_id and status = 'waiting' and replay_id is null)`);
  return rows;
};

/** So many orders, of each of which five deliveries wait. */
const WAITING = `
  with entered as (
    insert into webhook_delivery (delivery_id, endpoint_id, position, event_id, type, partition_key, entered_at, next_at, in_turn)
    select gen_random_uuid(), $1, n, gen_random_uuid(), 'OrderPlaced', (n - 1) / 5, $3::timestamptz, $3, n % 5 = 1 from generate_series(1, 5 * $2::integer) n
  ), kept as (
    insert into fact (fact_id, position, topic, type, recorded_at, heard_at, envelope)
    select gen_random_uuid(), n, 'order.events', 'OrderPlaced', $3, $3, '{}' from generate_series(1, 5 * $2::integer) n
  ) update webhook_endpoint set position = 5 * $2::integer, waiting = 5 * $2::integer`;

/** Up to now, where nobody has this database but the only connection of this pool: of others it would come to light some seconds after. */
const rowsRead = async (one: Pool): Promise<number> => {
  await one.query('select pg_stat_force_next_flush()');
  const { rows } = await one.query<{ readonly read: number }>(`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 as read from pg_stat_user_tables where relname in ('fact', 'webhook_delivery')`);
  return rows[0]?.read ?? 0;
};

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

  it('gives a process no more than it has room for, and the rest of what may be under way to the others', async () => {
    await keep(8);
    expect(await replica().claim(0, 5, 2)).toHaveLength(2);
    expect(await replica().claim(1, 5, 2)).toHaveLength(2);
    expect(await replica().claim(1, 5, 2)).toHaveLength(1);
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

  it('notes what can be noted of those that end at the same time, and says which cannot', async () => {
    await keep(3);
    const one = replica();
    const [first, odd, third] = (await one.claim(0)).map(({ delivery }) => delivery);
    if (!first || !odd || !third) throw new Error('Three orders have three deliveries that may be sent.');
    const attempt = { ...attemptOf(204, 1), tookMs: 2 ** 31 };
    const settled = await Promise.allSettled([
      one.settle(first, 204, 1),
      one.queue.settle({ delivery: odd, attempt, verdict: { status: 'delivered' }, after: () => ({ breaker: closedBreaker }) }),
      one.settle(third, 204, 1),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await endpointTable(pool).find(ENDPOINT)).toMatchObject({ delivered: 2, failed: 0 });
    expect(await wrong()).toEqual([]);
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

  it('holds whatever is answered, dies or is asked for again, many at once: nothing is lost, no order is overtaken, no more are under way than may', async () => {
    await keep(8);
    const chances = fc.sample(fc.nat(9), { numRuns: 2_000, seed: 20_261_128 }).values();
    const [replicas, settled, taken] = [[replica(), replica(), replica()], new Map<string, number>(), new Map<string, string>()];
    for (let second = 0; second < 30_000 && (second === 0 || (await waiting()) > 0); second += 61) {
      const claimed = await Promise.all(replicas.map(({ claim }) => claim(second, 6)));
      expect(claimed.flat().length).toBeLessThanOrEqual(6);
      const settling = claimed.flatMap((deliveries, i) =>
        deliveries.map(async ({ delivery, entry }) => {
          const chance = chances.next().value ?? 9;
          // It dies between claim and settlement.
          if (chance === 0) return;
          settled.set(delivery.deliveryId, (settled.get(delivery.deliveryId) ?? 0) + 1);
          if (chance > 3) taken.set(`${entry.orderId} ${entry.position}`, entry.orderId ?? entry.fact.key);
          await replicas[i]?.settle(delivery, chance > 3 ? 204 : 500, second);
        }),
      );
      await Promise.all(settling);
      if (second > 0 && second <= 305)
        await deliveryLog(pool).redeliverAll(ENDPOINT, { since: at(second - 61).toISOString(), statuses: ['delivered'] }, at(second));
      expect(await wrong()).toEqual([]);
    }
    expect(await endpointTable(pool).find(ENDPOINT)).toMatchObject({ waiting: 0, givenUp: 0 });
    expect(taken.size).toBe(48);
    for (let n = 0; n < 8; n += 1) {
      const positions = [...taken].flatMap(([name, order]) => (order === orderNamed(n) ? [Number(name.split(' ')[1])] : []));
      expect(positions).toEqual(positions.toSorted((one, other) => one - other));
    }
    const noted = await pool.query<{ id: string; n: number }>(
      'select delivery_id as id, count(*)::integer as n from webhook_attempt group by 1',
    );
    expect(new Map(noted.rows.map(({ id, n }) => [id, n]))).toEqual(settled);
  });

  it('is asked for ten deliveries of which two hundred wait at the same cost as where twenty thousand do', async () => {
    const own = await testDatabase();
    const one = new Pool({ connectionString: own.url, max: 1 });
    await makeTables(one);
    await makeEndpoint(one);
    const { claim, settle } = replica(one);
    const read = async (orders: number): Promise<number> => {
      await one.query('truncate fact, webhook_delivery cascade');
      await one.query(WAITING, [ENDPOINT, orders, at(0)]);
      const before = await rowsRead(one);
      const claimed = await claim(1, 10);
      expect(claimed).toHaveLength(10);
      await Promise.all(claimed.map(({ delivery }) => settle(delivery, 204, 1)));
      return (await rowsRead(one)) - before;
    };
    const [few, many] = [await read(40), await read(4_000)];
    await one.end();
    await own.drop();
    expect(few).toBeGreaterThan(10);
    expect(many).toBeLessThan(2_000);
  });
});
