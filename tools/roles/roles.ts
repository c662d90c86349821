// Makes the roles of Postgres that services, migrations and analysts come as (docs/how-to/give-least-rights.md).
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { services } from '@cartage/embedded/services';
import { codeOf, messageOf } from '@cartage/eventsourcing';
import { connectionTo, inTransaction } from '@cartage/postgres';
import { databaseUrlIn, environment } from '@cartage/service-kit';
import { Pool } from 'pg';
import { Trouble } from '../client/client';
import { runProgram } from '../client/program';
import { run, usage, type World } from './command';

const onDatabase = async (url: string, statements: readonly string[]): Promise<void> => {
  const pool = new Pool({ ...connectionTo(url, ''), max: 1 });
  try {
    await inTransaction(pool, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new Trouble(`The database did not do it, and nothing was changed: ${messageOf(error)}`, { cause: error });
  } finally {
    await pool.end();
  }
};

const write = (file: string, text: string): void => {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new Trouble(`--addresses ${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
};

const world = (): World => ({
  services,
  administrator: databaseUrlIn(environment()),
  read: (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
  write,
  newPassword: () => randomBytes(24).toString('base64url'),
  run: onDatabase,
});

runProgram({ usage, run: async (args) => ({ text: (await run(args, world())).trimEnd(), code: 0 }) });
