import { testDatabase, type TestDatabase } from '@cartage/testkit';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { CarrierDeliveries1764395000000 } from './migrations/1764395000000-carrier-deliveries';
import { Registers1763900000000 } from './migrations/1763900000000-registers';
import { postgresRegisters } from './postgres-registers';
import { registersContract } from './registers.contract';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  const source = await new DataSource({
    type: 'postgres',
    url: database.url,
    migrations: [Registers1763900000000, CarrierDeliveries1764395000000],
  }).initialize();
  await source.runMigrations();
  await source.destroy();
  pool = new Pool({ connectionString: database.url, max: 4 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

registersContract('Postgres', () => postgresRegisters(pool));
