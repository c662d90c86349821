import { Topics } from '@cartage/contracts';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { factOf, orderNamed } from '../../domain/facts.fixture';
import type { Entry } from '../../domain/journaling';
import { migrationStatements } from '../migrations/1765100000000-states';
import { standingsIn } from './standing-rows';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url, options: '-c statement_timeout=30000' });
  for (const statement of migrationStatements) await pool.query(statement);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const placed = (position: number, order: number): Entry => {
  const fact = factOf({ n: position, type: 'OrderPlaced', order, channel: 'web' });
  const data = { ...(fact.data as object), lines: [], shipGroups: [], totals: {}, placedAt: fact.time };
  return { position, fact: { ...fact, data } };
};
const completed = (position: number, order: number): Entry => {
  const fact = factOf({ n: position, type: 'OrderCompleted', order });
  return { position, fact: { ...fact, data: { ...(fact.data as object), completedAt: fact.time } } };
};
const levels = (position: number, ...skus: readonly string[]): Entry => {
  const fact = factOf({ n: position, type: 'StockAllocated', topic: Topics.inventory, order: 1 });
  const level = { location: 'LDN', revision: position, onHand: 1, allocated: 1, safetyStock: 0, available: 0 };
  return { position, fact: { ...fact, data: { ...(fact.data as object), levels: skus.map((sku) => ({ ...level, sku })) } } };
};
const erasure = (position: number, order: number): Entry => ({
  position,
  fact: { ...factOf({ n: position, type: 'PersonErasureRequested' }), data: { orders: [orderNamed(order)] } },
});

it('states are told in pieces of some bytes, so that those of large orders fit into the memory of a process; each once', async () => {
  await pool.query(`
    insert into standing (topic, key, position, state, fact_id, recorded_at)
    select 'order.state', n || '/' || key, 100 + n, json_build_object('text', (
      select string_agg(md5(n || '.' || key || '.' || i), '') from generate_series(1, 1500) i)), gen_random_uuid(), now()
    from generate_series(1, 60) n, generate_series(1, 2) key`);
  const told: string[] = [];
  for (let after = 0, found = 1; found > 0;) {
    const changed = await standingsIn(pool).changed(after, 500);
    expect(Buffer.byteLength(JSON.stringify(changed))).toBeLessThan(1_500_000);
    told.push(...changed.map(({ key }) => key));
    after = changed.at(-1)?.position ?? after;
    found = changed.length;
  }
  expect(told).toEqual(Array.from({ length: 120 }, (_, i) => `${Math.floor(i / 2) + 1}/${(i % 2) + 1}`));
  await pool.query('delete from standing');
});

it('states are kept with how far they are, told in the order in which they changed, and made anew under the numbers that they had', async () => {
  const standings = standingsIn(pool);
  expect(await standings.begin()).toEqual({ folded: 0, published: 0 });
  await standings.fold([placed(1, 1), placed(2, 2), levels(3, 'A', 'B', 'C')]);
  await standings.fold([completed(4, 1), erasure(5, 2)]);
  await standings.fold([completed(6, 2)]);
  await standings.fold([]);
  expect(await standings.begin()).toEqual({ folded: 6, published: 0 });

  const first = await standings.changed(0, 1);
  // Whatever changed in one place is told together.
  expect(first.map(({ key, position }) => [key, position])).toEqual([
    ['LDN/A', 3],
    ['LDN/B', 3],
    ['LDN/C', 3],
  ]);
  const rest = await standings.changed(3, 10);
  expect(rest).toMatchObject([
    { topic: 'order.state', key: orderNamed(1), orderId: orderNamed(1), position: 4, state: { status: 'completed' } },
    { topic: 'order.state', key: orderNamed(2), position: 5, state: null },
  ]);
  await standings.published(5);
  expect([await standings.told(), await standings.changed(5, 10)]).toEqual([5, []]);

  await pool.query('update standing_progress set revision = 0');
  await pool.query(`
    create table allowed (statement_timeout text);
    create function allow() returns trigger language plpgsql as $$ begin insert into allowed select current_setting('statement_timeout'); return null; end $$;
    create trigger allow after update on standing execute function allow()`);
  expect(await standings.begin()).toEqual({ folded: 0, published: 0 });
  // However many states there are, and however long it takes to take them all back.
  expect((await pool.query('select * from allowed')).rows).toEqual([{ statement_timeout: '0' }]);
  await standings.fold([placed(1, 1), placed(2, 2), levels(3, 'A', 'B', 'C')]);
  await standings.fold([completed(4, 1), erasure(5, 2), completed(6, 2)]);
  expect([...(await standings.changed(0, 1)), ...(await standings.changed(3, 10))]).toEqual([...first, ...rest]);
});
