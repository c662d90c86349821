import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { positionOf } from '@cartage/eventsourcing';
import { newId, startAll, type Running } from '@cartage/service-kit';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { firstPolicy, sale } from '../domain/return.fixture';
import { returnsService } from '../returns.module';
import { orderFactsIn } from './order-facts';

describe('return policies over HTTP', () => {
  let database: TestDatabase;
  let running: Running;
  let pool: Pool;

  beforeAll(async () => {
    database = await testDatabase();
    const keyFile = join(await mkdtemp(join(tmpdir(), 'cartage-policies-')), 'master.key');
    running = await startAll([returnsService], {
      environment: { DATABASE_URL: database.url, MASTER_KEY_FILE: keyFile, PORT: '0', LOG_LEVEL: 'silent' },
    });
    pool = new Pool({ connectionString: database.url, options: '-c search_path=returns' });
  });
  afterAll(async () => {
    await running.close();
    await pool.end();
    await database.drop();
  });

  const call = async (method: string, path: string, sent?: unknown): Promise<Record<string, unknown>> => {
    const content = sent === undefined ? {} : { body: JSON.stringify(sent) };
    const headers = { ...(sent === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': newId() }) };
    const response = await fetch(`${running.url}${path}`, { method, ...content, headers });
    return { httpStatus: response.status, ...((await response.json()) as Record<string, unknown>) };
  };
  const { version: _, ...terms } = firstPolicy;
  const draft = (version: string, changes: object = {}) => call('POST', '/returns/policies', { ...terms, version, note: 'n', ...changes });

  const delivered = async (placedAt: string, policy?: string): Promise<string> => {
    const orderId = newId();
    const facts = orderFactsIn(pool);
    const { policy: __, ...unnamed } = sale({ orderId, placedAt });
    await facts.keepSale({ ...unnamed, ...(policy === undefined ? {} : { policy }) });
    const lines = [{ lineId: '1', sku: 'MUG', quantity: 3 }];
    await facts.keepDelivery(newId(), { orderId, shipmentId: newId(), parcels: ['1'], deliveredAt: new Date().toISOString(), lines });
    return orderId;
  };
  const ask = (orderId: string) => call('POST', '/returns', { orderId, lines: [{ lineId: '1', quantity: 1, reason: 'too-small' }] });

  it('are tried on past returns, and put in force for what is placed from then on', async () => {
    const before = await delivered(new Date().toISOString());
    expect(await ask(before)).toMatchObject({ httpStatus: 201, status: 'authorized', policy: firstPolicy.version });
    const strict = { exceptions: [{ name: 'mugs', skus: ['MUG'], terms: { finalSale: true } }] };
    expect(await draft('strict', strict)).toMatchObject({ httpStatus: 201, inForce: false, policy: strict });
    const { rows } = await pool.query<{ last: string }>('select max(position) as last from events');
    const all = `/returns?minPosition=${positionOf(Number(rows[0]?.last))}`;
    expect(await call('GET', all)).toMatchObject({ httpStatus: 200, items: [{ orderId: before }] });
    expect(await call('GET', '/returns/policies/strict/trial')).toMatchObject({
      returns: 1,
      shifts: [{ from: 'authorized', to: 'declined', lines: 1 }],
      refunds: [{ currency: 'GBP', before: 0, now: 0 }],
    });
    expect(await call('POST', '/returns/policies/strict/activation', { note: 'n' })).toMatchObject({ httpStatus: 200, inForce: true });
    const told = await pool.query(`select sequence::int from events where type = 'PolicyActivated'`);
    expect(told.rows).toEqual([{ sequence: 1 }]);
    expect(await ask(await delivered(new Date().toISOString()))).toMatchObject({ status: 'declined', policy: 'strict' });
    expect(await ask(before)).toMatchObject({ status: 'authorized', policy: firstPolicy.version });
  });

  it('that an order names and nobody knows refuse its returns until they are known, and are never another one', async () => {
    const orderId = await delivered(new Date().toISOString(), 'from-the-old-shop');
    expect(await ask(orderId)).toMatchObject({ httpStatus: 409, code: 'RETURN_POLICY_UNKNOWN' });
    await draft('from-the-old-shop');
    expect(await ask(orderId)).toMatchObject({ httpStatus: 201, policy: 'from-the-old-shop' });
  });

  it('are refused by the field that is wrong, and say one thing for ever', async () => {
    expect(await draft('v1', { returnFee: [{ currency: 'POUND', amount: 1 }] })).toMatchObject({
      errors: [{ field: 'returnFee[0].currency' }],
    });
    expect(await draft('v1', { terms: { ...terms.terms, windowDays: -1 } })).toMatchObject({ errors: [{ field: 'terms.windowDays' }] });
    await draft('v1');
    expect(await draft('v1', { deliveryRefund: 'whole-return' })).toMatchObject({ httpStatus: 409, code: 'POLICY_EXISTS' });
  });

  it('differ by what the catalogue says of a line', async () => {
    await draft('by-category', { exceptions: [{ name: 'pots', categories: ['pots'], terms: { windowDays: 1 } }] });
    const orderId = await delivered(new Date().toISOString(), 'by-category');
    const eligible = async () => (await call('GET', `/returns/orders/${orderId}/eligible-lines`))['lines'];
    await orderFactsIn(pool).keepItem({ sku: 'MUG', category: 'pots', returnable: false, revision: 2 });
    await orderFactsIn(pool).keepItem({ sku: 'MUG', category: 'hats', returnable: true, revision: 1 });
    expect(await eligible()).toMatchObject([{ lineId: '1', quantity: 0, reason: 'final-sale' }, { lineId: '2' }]);
    await orderFactsIn(pool).keepItem({ sku: 'MUG', category: 'pots', returnable: true, revision: 3 });
    const [line] = (await eligible()) as readonly { readonly until: string }[];
    expect(Date.parse(line?.until ?? '') - Date.now()).toBeLessThan(3 * 86_400_000);
  });
});
