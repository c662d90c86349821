import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { outboxRows } from './outbox-rows';

const TABLE = `create table note (
  note_id text primary key, receiver text not null, thing text not null, status text not null default 'waiting', content jsonb, detail text, code text, faults jsonb,
  attempts integer not null default 0, next_at timestamptz not null, ended_at timestamptz, place bigserial
)`;
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 27, 10, minute));

describe('rows that are told one after the other', () => {
  let [database, pool]: [TestDatabase?, Pool?] = [];
  const rows = () =>
    outboxRows<{ noteId: string; attempts: number }>(pool ?? fail(), {
      ...{ table: 'note', id: 'note_id', receiver: 'receiver', inTurn: 'thing', claimed: 'u.note_id as "noteId", u.attempts' },
    });
  const fail = (): never => {
    throw new Error('There is no database.');
  };

  beforeAll(async () => {
    database = await testDatabase();
    pool = new Pool({ connectionString: database.url });
    await pool.query(TABLE);
    await pool.query('insert into note (note_id, receiver, thing, next_at) values ($1, $4, $5, $6), ($2, $4, $5, $6), ($3, $4, $7, $8)', [
      ...['first', 'second', 'other', 'wms', 'order-1', at(0), 'order-2', at(30)],
    ]);
  });
  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  it('keep later ones of their thing back, also when it is asked when there is something to do', async () => {
    const { claim, postpone, nextAt } = rows();
    const claiming = { now: at(1), until: at(4), limit: 10 };
    expect(await claim('wms', claiming)).toEqual([{ noteId: 'first', attempts: 1 }]);
    expect(await claim('wms', claiming)).toEqual([]);
    expect(await nextAt('wms')).toEqual(at(4));
    await postpone('first', at(20));
    expect(await nextAt('wms')).toEqual(at(20));
  });

  it('are told in turn once the first has ended', async () => {
    const { claim, end, nextAt } = rows();
    await end('first', { status: 'told', detail: '' }, at(21));
    expect(await nextAt('wms')).toEqual(at(0));
    expect(await claim('wms', { now: at(22), until: at(25), limit: 10 })).toEqual([{ noteId: 'second', attempts: 1 }]);
  });
});
