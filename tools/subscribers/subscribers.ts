// Makes the clients for Python and Java out of the schemas, and has each prove on a real Kafka that it misses nothing, doubles nothing and keeps what is now: `npm run subscribers`.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '@cartage/embedded/postgres';
import { messageOf } from '@cartage/eventsourcing';
import { freshKafka } from '@cartage/testkit';
import { Pool } from 'pg';
import { proveNoGaps } from './gap-test';
import { languages, type Language } from './languages';
import { proveStates } from './state-test';

type Verdict = 'passed' | 'failed' | 'skipped';

const databaseFor = async ({ name }: Language, url: string): Promise<string> => {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await pool.query(`create database subscriber_${name.toLowerCase()}`);
  } finally {
    await pool.end();
  }
  return Object.assign(new URL(url), { pathname: `/subscriber_${name.toLowerCase()}` }).toString();
};

const proven = async (language: Language, folder: string, url: string): Promise<void> => {
  mkdirSync(folder);
  language.build(folder);
  const [databaseUrl, running] = [await databaseFor(language, url), await freshKafka.start()];
  try {
    const at = { brokers: running.brokers.join(','), databaseUrl };
    await proveNoGaps({ brokers: running.brokers, databaseUrl, start: () => language.start(folder, at) });
    await proveStates({ brokers: running.brokers, databaseUrl, start: () => language.follow(folder, at) });
  } finally {
    await running.stop();
  }
};

const judged = async (language: Language, folder: string, url: string): Promise<Verdict> => {
  const missing = language.missing() ?? freshKafka.missing();
  if (missing !== undefined) {
    console.log(`Not run, for lack of ${missing}: the subscriber in ${language.name}.`);
    return 'skipped';
  }
  try {
    await proven(language, join(folder, language.name), url);
    console.log(`✓ The subscriber in ${language.name} takes each event once, says what is missing, and keeps what is now.`);
    return 'passed';
  } catch (error) {
    console.log(`✗ The subscriber in ${language.name}: ${messageOf(error)}`);
    return 'failed';
  }
};

const main = async (): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-subscribers-'));
  // Postgres runs as another user where we are root.
  chmodSync(folder, 0o755);
  const cluster = await startCluster({ folder: join(folder, 'data'), port: 0, say: console.log });
  try {
    const verdicts: Verdict[] = [];
    for (const language of languages) verdicts.push(await judged(language, folder, cluster.url));
    const of = (verdict: Verdict): number => verdicts.filter((each) => each === verdict).length;
    console.log(`${of('passed')} passed, ${of('failed')} failed, ${of('skipped')} skipped`);
    return of('failed') === 0 ? 0 : 1;
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(messageOf(error));
    process.exit(1);
  },
);
