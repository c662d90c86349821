import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { closedBreaker } from '../../domain/circuit-breaker';
import { factOf, storyOf } from '../../domain/facts.fixture';
import { migrationStatements as factTables } from '../migrations/1764700000000-facts';
import { migrationStatements as webhookTables } from '../migrations/1764800000000-webhooks';
import { migrationStatements as replayTables } from '../migrations/1764900000000-replays';
import { migrationStatements as topicReplayTables } from '../migrations/1765000000000-topic-replays';
import { migrationStatements as turns } from '../migrations/1765200000000-webhook-turns';
import { factLogIn } from '../postgres-fact-log';
import { endpointTable } from '../webhooks/endpoint-rows';
import { replayTable } from './replay-rows';

const [ENDPOINT, REPLAY] = ['0199a3c4-7b1e-7c3d-9f2a-900000000001', '0199a3c4-7b1e-7c3d-9f2a-900000000002'];
const LAST = { fingerprint: 'f', most: 20 };
const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 28, 9) + seconds * 1_000);

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  for (const statement of [...factTables, ...webhookTables, ...replayTables, ...topicReplayTables, ...turns]) await pool.query(statement);
  const made = { madeAt: at(0).toISOString(), madeBy: 'spec', secrets: { key: 'k', box: 'b' } };
  await endpointTable(pool).add(
    { endpointId: ENDPOINT, url: 'https://example.org', filter: {}, position: 0, breaker: closedBreaker, ...made },
    LAST,
  );
  await factLogIn(pool, () => at(0)).keep(storyOf(5));
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('a replay goes on where it was, whichever process does so and however many do: every event once, no more in a second than its rate', async () => {
  const asked = { askedAt: at(0).toISOString(), askedBy: 'spec', status: 'running' as const, position: 0, entered: 0 };
  await replayTable(pool).add({ replayId: REPLAY, endpointId: ENDPOINT, filter: {}, after: 0, upTo: 30, rate: 7, ...asked }, LAST);
  const entered = async (): Promise<readonly number[]> => {
    const { rows } = await pool.query<{ readonly position: number }>(
      'select position::integer as position from webhook_delivery order by position',
    );
    return rows.map(({ position }) => position);
  };
  for (let second = 0; second < 5; second += 1) {
    const processes = [replayTable(pool), replayTable(pool), replayTable(pool)];
    const due = await Promise.all(processes.map((each) => each.due(at(second))));
    expect(due.flat()).toEqual([REPLAY, REPLAY, REPLAY]);
    await Promise.all(processes.map((each) => each.step(REPLAY, at(second), 1)));
    expect(await entered()).toEqual(Array.from({ length: Math.min(30, 7 * (second + 1)) }, (_, i) => i + 1));
  }
  expect(await replayTable(pool).find(REPLAY)).toMatchObject({ status: 'running', entered: 30, waiting: 30 });
  await pool.query(`update webhook_delivery set status = 'delivered'`);
  await replayTable(pool).step(REPLAY, at(9), 1);
  expect(await replayTable(pool).find(REPLAY)).toMatchObject({ status: 'complete', delivered: 30, endedAt: at(9).toISOString() });
  expect(await replayTable(pool).due(at(99))).toEqual([]);
});

it('a replay to a topic is in the hands of one process at a time, and goes on where it was unless it was cancelled', async () => {
  const table = replayTable(pool);
  const [replayId, topic] = ['0199a3c4-7b1e-7c3d-9f2a-900000000003', 'replays.erp'];
  const asked = { askedAt: at(0).toISOString(), askedBy: 'spec', status: 'running' as const, position: 4, entered: 0 };
  const given = { replayId, topic, filter: { types: ['OrderPlaced'] }, after: 4, upTo: 30, rate: 7, ...asked };
  expect([await table.add(given, LAST), await table.add(given, LAST), await table.add(given, { ...LAST, fingerprint: 'g' })]).toEqual([
    'added',
    'there',
    'other',
  ]);
  expect([await table.due(at(1)), await table.dueTopics(at(1))]).toEqual([[], [replayId]]);
  const claims = (await Promise.all([1, 2, 3].map(() => table.claim(replayId, at(1), at(61))))).filter((claim) => claim !== undefined);
  expect(claims).toEqual([{ ...given, refused: 0 }]);
  expect(await table.claim(replayId, at(60), at(120))).toBeUndefined();
  const before = { ...given, refused: 0 };
  expect(await table.claim(replayId, at(61), at(121))).toEqual(before);
  const after = { ...before, position: 11, entered: 7, refused: 2 };
  expect([await table.sent(before, after, at(62)), await table.sent(before, after, at(62))]).toEqual([true, false]);
  await table.failed(replayId, 'Kafka is away.', at(70));
  expect(await table.find(replayId)).toMatchObject({ ...after, failure: 'Kafka is away.', waiting: 0, delivered: 5, givenUp: 2 });
  expect(await table.dueTopics(at(69))).toEqual([]);
  await table.cancel(replayId, at(70));
  expect(await table.sent(after, { ...after, position: 18 }, at(71))).toBe(false);
  expect(await table.find(replayId)).toMatchObject({ status: 'cancelled', position: 11, endedAt: at(70).toISOString() });
  expect(await table.dueTopics(at(99))).toEqual([]);
  expect(await table.channelsOf(replayId)).toBeUndefined();
});

it('no more replays run, and no more endpoints are there, than may, however many are asked for at once; who asks again needs no room', async () => {
  const asked = { askedAt: at(0).toISOString(), askedBy: 'spec', status: 'running' as const, position: 0, entered: 0 };
  const id = (n: number): string => `0199a3c4-7b1e-7c3d-9f2a-9000000001${String(n).padStart(2, '0')}`;
  const twelve = Array.from({ length: 12 }, (_, n) => id(n));
  const counted = (outcomes: readonly string[]) =>
    Object.fromEntries(outcomes.map((outcome) => [outcome, outcomes.filter((each) => each === outcome).length]));

  await pool.query(`update replay set status = 'complete' where status = 'running'`);
  const replay = (replayId: string) =>
    replayTable(pool).add(
      { replayId, endpointId: ENDPOINT, filter: {}, after: 0, upTo: 30, rate: 7, ...asked },
      { fingerprint: 'f', most: 5 },
    );
  const replays = await Promise.all(twelve.map(replay));
  expect(counted(replays)).toEqual({ added: 5, full: 7 });
  expect(await replay(twelve[replays.indexOf('added')] ?? '')).toBe('there');

  const there = await endpointTable(pool).count();
  const made = { madeAt: at(0).toISOString(), madeBy: 'spec', secrets: { key: 'k', box: 'b' } };
  const endpoint = (endpointId: string) =>
    endpointTable(pool).add(
      { endpointId, url: 'https://example.org', filter: {}, position: 0, breaker: closedBreaker, ...made },
      { fingerprint: 'f', most: there + 3 },
    );
  const endpoints = await Promise.all(twelve.map(endpoint));
  expect(counted(endpoints)).toEqual({ added: 3, full: 9 });
  expect(await endpoint(twelve[endpoints.indexOf('added')] ?? '')).toBe('there');
});

it('what events speak of is found wherever they name it: of a list any one is enough, each list holds, and what only looks like it is none', async () => {
  const named = (n: number, data: object, subject?: string) => ({
    ...factOf({ n: 900 + n, type: 'Sample', ...(subject === undefined ? {} : { subject }) }),
    data,
  });
  const [payment, quoted] = ['0199a3c4-7b1e-7c3d-9f2a-300000000001', 'MUG "A" \\ é'];
  await factLogIn(pool, () => at(0)).keep([
    named(1, { lines: [{ sku: 'MUG' }, { sku: quoted }], customerId: 'c-1' }),
    named(2, { sku: 'MUG', location: 'LDN-1' }),
    named(3, { sku: 'MUG', from: 'LDN-1', to: 'PAR-1', location: 'PAR-1' }),
    named(4, { payments: [{ paymentId: payment }], note: 'MUG', customs: { from: 'LDN-1' } }),
    named(5, { customers: ['c-2', 'c-1'], shipGroups: [{ pickupLocation: 'LDN-1' }] }),
    named(6, { locations: [{ location: 'PAR-1' }] }, 'item/MUG'),
  ]);
  const found = async (about: object): Promise<readonly number[]> =>
    (await factLogIn(pool, () => at(0)).read({ ...about, types: ['Sample'], after: 0, limit: 99 })).entries.map(
      ({ fact }) => fact.sequence - 900,
    );
  expect(await found({ skus: ['MUG'] })).toEqual([1, 2, 3]);
  expect(await found({ skus: [quoted] })).toEqual([1]);
  expect(await found({ skus: ['MU', '%', 'M_G'] })).toEqual([]);
  expect(await found({ locations: ['LDN-1'] })).toEqual([2, 3, 5]);
  expect(await found({ locations: ['LDN-1', 'PAR-1'], skus: ['MUG'] })).toEqual([2, 3]);
  expect(await found({ payments: [payment] })).toEqual([4]);
  expect(await found({ customers: ['c-1'] })).toEqual([1, 5]);
  expect(await found({ keys: ['item/MUG', 'item/902'] })).toEqual([2, 6]);
  expect(await found({ customers: ['c-1'], locations: ['LDN-1'], keys: ['item/905'] })).toEqual([5]);
});
