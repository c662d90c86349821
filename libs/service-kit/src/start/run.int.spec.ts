import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { eventually, freePorts, testDatabase, type TestDatabase } from '@cartage/testkit';
import { Client, Pool } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrate } from '../postgres/pools';
import { tallyService } from './tally.sample';

const root = join(__dirname, '..', '..', '..', '..');

/** A process of its own, as a person starts it. */
interface Program {
  readonly child: ChildProcess;
  readonly said: () => { readonly out: string; readonly err: string };
  readonly ended: Promise<number | null>;
}

let database: TestDatabase;
let migrated: TestDatabase;

class MakeLater1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table later as select 1 as at');
  }

  down = (): Promise<void> => Promise.reject(new Error('Forward only.'));
}
const programs: Program[] = [];

const run = (environment: Readonly<Record<string, string>>): Program => {
  const child = spawn(process.execPath, ['tools/run.cjs', 'libs/service-kit/src/start/tally-main.sample.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      MASTER_KEY: Buffer.alloc(32, 3).toString('base64'),
      PORT: '0',
      // Nothing is forced here but where that is the question.
      SHUTDOWN_TIMEOUT_MS: '60000',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const program = { child, said: () => ({ out, err }), ended: once(child, 'close').then(([code]: (number | null)[]) => code ?? null) };
  programs.push(program);
  return program;
};

const linesOf = ({ said }: Program): readonly Record<string, unknown>[] =>
  said()
    .out.split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A process loads and builds its tables first: on a busy machine that takes a while. */
const listening = (program: Program): Promise<string> =>
  eventually(
    () => {
      const line = linesOf(program).find(({ msg }) => msg === 'listening');
      expect(line).toBeDefined();
      return String(line?.['url']);
    },
    { withinMs: 25_000 },
  );

beforeAll(async () => {
  database = await testDatabase();
  migrated = await testDatabase();
});

/** Beside one that still runs on the database no other one may start. */
afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

afterAll(async () => {
  await database.drop();
  await migrated.drop();
});

describe('a service as a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens, and ends with 0 when told to stop by %s',
    async (signal) => {
      const program = run({});
      const url = await listening(program);
      await eventually(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200));

      program.child.kill(signal);
      expect(await program.ended).toBe(0);
      expect(linesOf(program).map(({ msg }) => msg)).toEqual(expect.arrayContaining(['listening', 'stopping', 'stopped']));
      expect(program.said().err).toBe('');
    },
    60_000,
  );

  it('makes its tables and ends when its role is to migrate, and again without a change', async () => {
    for (const _ of ['first', 'again']) {
      const program = run({ ROLE: 'migrate', DATABASE_URL: migrated.url });
      expect(await program.ended).toBe(0);
      expect(linesOf(program).map(({ msg }) => msg)).toEqual(['schema, log and tables are up to date']);
      expect(program.said().err).toBe('');
    }
    const client = new Client({ connectionString: migrated.url });
    await client.connect();
    const { rows } = await client.query<{ table: string }>(
      "select table_schema || '.' || table_name as table from information_schema.tables where table_schema in ('tally', 'vault')",
    );
    await client.end();
    expect(rows.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['tally.events', 'tally.deadline', 'tally.tally_count', 'vault.data_key']),
    );
  }, 60_000);

  it('runs what a newer version adds, once', async () => {
    const newer = { ...tallyService, migrations: [...tallyService.migrations, MakeLater1700000000001] };
    const pool = new Pool({ connectionString: migrated.url, options: '-c search_path=tally', max: 2 });
    for (const _ of ['first', 'again']) await migrate(migrated.url, newer, pool);
    const { rows: names } = await pool.query<{ name: string }>('select name from migration order by id');
    const { rows } = await pool.query('select * from later');
    await pool.end();
    expect(names.map(({ name }) => name)).toEqual(['MakeTables1700000000000', 'MakeLater1700000000001']);
    expect(rows).toEqual([{ at: 1 }]);
  }, 60_000);

  it('takes a Ctrl-C that npm passes on for the same one', async () => {
    const program = run({});
    await listening(program);
    // At once, as npm does: whoever looked first whether it stops might come as late as a second press.
    program.child.kill('SIGINT');
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(0);
  }, 60_000);

  it('is ended by force when a stop takes too long', async () => {
    const program = run({ SHUTDOWN_TIMEOUT_MS: '300' });
    const url = await listening(program);
    const stuck = fetch(`${url}/tallies/stuck`).catch(() => 'cut off');
    await eventually(async () => expect(await (await fetch(`${url}/tallies/waiting`)).json()).toEqual({ waiting: 1 }));

    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(1);
    expect(await stuck).toBe('cut off');
  }, 60_000);

  it('is ended by force when it is told twice', async () => {
    const program = run({});
    const url = await listening(program);
    const stuck = fetch(`${url}/tallies/stuck`).catch(() => 'cut off');
    await eventually(async () => expect(await (await fetch(`${url}/tallies/waiting`)).json()).toEqual({ waiting: 1 }));

    program.child.kill('SIGTERM');
    await eventually(() => expect(linesOf(program).map(({ msg }) => msg)).toContain('stopping'));
    program.child.kill('SIGINT');
    expect(await program.ended).toBe(1);
    expect(await stuck).toBe('cut off');
  }, 60_000);

  it('is refused in a line beside another one on the same database, and starts when that has gone', async () => {
    const first = run({});
    await listening(first);
    const second = run({});
    expect(await second.ended).toBe(78);
    expect(second.said()).toEqual({
      out: '',
      err: expect.stringMatching(
        /^Setting DATABASE_URL: another process without KAFKA_BROKERS runs tally on this database already\. Stop it.*\n$/,
      ),
    });
    first.child.kill('SIGKILL');
    await listening(run({}));
  }, 60_000);

  it('waits for a database that is away, and starts when it is there', async () => {
    const place = new URL(database.url);
    const way = createServer((socket) => {
      const beyond = connect(Number(place.port || 5432), place.hostname);
      socket.pipe(beyond).pipe(socket);
      for (const each of [socket, beyond])
        each.on('error', () => each.destroy()).on('close', () => [socket, beyond].forEach((one) => one.destroy()));
    });
    const [port = 0] = await freePorts(1);
    const url = new URL(database.url);
    url.port = String(port);
    const program = run({ DATABASE_URL: url.toString() });
    await eventually(() => expect(linesOf(program).map(({ msg }) => msg)).toContain('the start waits for Postgres'), { withinMs: 25_000 });
    way.listen(port, '127.0.0.1');
    await listening(program);
    program.child.kill('SIGKILL');
    await program.ended;
    way.close();
  }, 60_000);

  it('that cannot start says why in one line for each reason, without a stack, and ends with 78', async () => {
    const program = run({ PORT: 'http', LARGEST: 'huge' });
    expect(await program.ended).toBe(78);
    expect(program.said()).toEqual({
      out: '',
      err: expect.stringMatching(/^Setting PORT is wrong: got "http"\..*\nSetting LARGEST is wrong: got "huge"\..*\n$/),
    });
  }, 60_000);
});
