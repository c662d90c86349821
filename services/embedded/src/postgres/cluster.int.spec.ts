import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePorts } from '@cartage/testkit';
import { Client } from 'pg';
import { startCluster, type Cluster } from './cluster';

const query = async (url: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('the embedded Postgres', () => {
  let folder: string;
  let running: Cluster | undefined;
  const said: string[] = [];
  let [port, other] = [0, 0];
  const start = async (): Promise<Cluster> => (running = await startCluster({ folder, port, say: (line) => said.push(line) }));

  beforeEach(async () => {
    [port = 0, other = 0] = await freePorts(2);
    folder = mkdtempSync(join(tmpdir(), 'cartage-cluster-'));
    chmodSync(folder, 0o755);
    said.length = 0;
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('finds its data again on the next start', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as n');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 42 }]);
    expect(said).toEqual([]);
  }, 60_000);

  it('starts again on its port, with its data, after all of its processes were killed', async () => {
    const { url, processes, start: startAgain } = await start();
    await query(url, 'create table kept as select 42 as n');
    expect(processes().length).toBeGreaterThan(1);
    for (const pid of processes()) process.kill(pid, 'SIGKILL');
    await eventually(() => expect(processes()).toEqual([]));
    await startAgain();
    expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }]);
  }, 60_000);

  it('refuses a folder that another Cartage runs on, and names the fix', async () => {
    await start();
    await expect(startCluster({ folder, port: other, say: () => {} })).rejects.toThrow(/Another Cartage is running on .* CARTAGE_DIR/);
  }, 60_000);

  it('is not misled by a pid file whose process is another program', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `1\n${join(folder, 'postgres')}\n`);
    const second = await start();
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  }, 60_000);

  it('keeps its password readable to its owner only, and lets whoever asks the numbers in to nothing but what is granted', async () => {
    const { url, analystUrl } = await start();
    expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600);
    await query(url, 'create table kept as select 42 as n');
    expect(await query(analystUrl, 'select current_user as me')).toEqual([{ me: 'cartage_analyst' }]);
    await expect(query(analystUrl, 'select n from kept')).rejects.toThrow('permission denied');
  }, 60_000);

  it('says which folder cannot be written and what to do', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(startCluster({ folder: join(file, 'below'), port, say: () => {} })).rejects.toThrow(/cannot be written.*CARTAGE_DIR/);
  });
});
