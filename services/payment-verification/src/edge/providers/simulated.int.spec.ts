import { randomUUID } from 'node:crypto';
import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { migrationStatements } from '../migrations/1764000000000-customer-orders-and-simulated-calls';
import { memoryInTable } from './call-memory';
import { paymentProviderContract } from './payment-provider.contract';
import { simulatedProvider } from './simulated';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = new Pool({ connectionString: database.url });
  for (const statement of migrationStatements) await pool.query(statement);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const clock = () => new Date('2026-11-02T10:00:00Z');
paymentProviderContract('simulated, remembering in Postgres', () => ({
  provider: simulatedProvider(memoryInTable(pool), clock),
  restarted: () => simulatedProvider(memoryInTable(pool), clock),
  newId: randomUUID,
  tokens: { good: 'tok_visa', declined: 'tok_decline', silentOnce: 'tok_timeout_once' },
}));

describe('the memory of the simulated provider', () => {
  it('takes the same keys in any order from several processes at once', async () => {
    const orderIds = Array.from({ length: 40 }, () => randomUUID());
    const authorizing = (orderId: string) =>
      ({
        operation: 'authorize',
        key: orderId,
        provider: 'simulated',
        orderId,
        paymentId: orderId,
        currency: 'GBP',
        amount: 1,
        method: 'card',
      }) as const;
    const rounds = Array.from({ length: 10 }, (_, n) => {
      const provider = simulatedProvider(memoryInTable(pool), clock);
      return (n % 2 ? orderIds : orderIds.toReversed()).map((orderId) => provider.authorize(authorizing(orderId)));
    });
    expect(new Set((await Promise.all(rounds.flat())).map(({ status }) => status))).toEqual(new Set(['approved']));
    const { rows } = await pool.query('select distinct times from simulated_provider_call where order_id = any($1)', [orderIds]);
    expect(rows).toEqual([{ times: 10 }]);
  });
});
