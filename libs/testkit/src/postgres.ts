import { randomUUID } from 'node:crypto';
import { codeOf } from '@cartage/eventsourcing';
import { Client } from 'pg';

/** A database of one's own on the run's Postgres, so that specs share nothing. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export const serverUrl = (): string => {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('No Postgres: run this through Jest’s integration project, or set TEST_DATABASE_URL.');
  return url;
};

export const runOnServer = async (sql: string): Promise<void> => {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const IN_USE = '55006';

/**
 * A pool says that it has ended before its connections are closed. Cut off then, they report an error that nobody listens for; so Postgres is asked
 * politely first, which waits some seconds for them, and only what is really left behind is cut off.
 */
const drop = async (name: string): Promise<void> => {
  try {
    await runOnServer(`drop database if exists ${name}`);
  } catch (error) {
    if (codeOf(error) !== IN_USE) throw error;
    await runOnServer(`drop database if exists ${name} with (force)`);
  }
};

export const testDatabase = async (): Promise<TestDatabase> => {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(`create database ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => drop(name) };
};

/** A role that may log in and has no rights but those that somebody grants it. */
export interface TestReader {
  readonly name: string;
  /** The database, as this role. */
  readonly url: string;
  /** After the database: what was granted goes with it. */
  drop(): Promise<void>;
}

export const testReader = async (database: TestDatabase): Promise<TestReader> => {
  const name = `reader_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  await runOnServer(`create role ${name} login password 'reads'`);
  const url = new URL(database.url);
  url.username = name;
  url.password = 'reads';
  return { name, url: url.toString(), drop: () => runOnServer(`drop role if exists ${name}`) };
};
