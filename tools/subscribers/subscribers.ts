// Makes the clients for Python and Java out of the schemas and the OpenAPI document, and has each prove on a real Kafka that it misses nothing, doubles nothing and keeps what is now, and on a real
// Cartage that its commands are done once: `npm run subscribers`.
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startCluster } from '@cartage/embedded/postgres';
import { services } from '@cartage/embedded/services';
import { messageOf } from '@cartage/eventsourcing';
import { startAll, type Running } from '@cartage/service-kit';
import { freshKafka } from '@cartage/testkit';
import { Pool } from 'pg';
import { runInterruptible, unlessInterrupted, withFolder } from '../simulator/interruptible';
import { parsed } from '../client/client';
import { requireNone } from '../client/program';
import { proveCommands } from './command-test';
import type { Document } from './commands/operations';
import { proveNoGaps } from './gap-test';
import { languages, type Language } from './languages';
import { proveStates } from './state-test';

type Verdict = 'passed' | 'failed' | 'skipped';

const databaseFor = async (name: string, url: string): Promise<string> => {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    await pool.query(`create database subscriber_${name.toLowerCase()}`);
  } finally {
    await pool.end();
  }
  return Object.assign(new URL(url), { pathname: `/subscriber_${name.toLowerCase()}` }).toString();
};

interface Places {
  readonly folder: string;
  /** Of Postgres, where each has a database of its own. */
  readonly url: string;
  readonly cartage: Running;
}

const documentOf = async ({ url }: Running): Promise<Document> => (await (await fetch(`${url}/docs-json`)).json()) as Document;

const proven = async (language: Language, { folder, url, cartage }: Places): Promise<void> => {
  mkdirSync(folder);
  language.build(folder, await documentOf(cartage));
  await proveCommands({ url: cartage.url, number: `shop-of-${language.name}`, place: (at) => language.place(folder, at) });
  const [databaseUrl, running] = [await databaseFor(language.name, url), await freshKafka.start()];
  try {
    const at = { brokers: running.brokers.join(','), databaseUrl };
    await proveNoGaps({ brokers: running.brokers, databaseUrl, start: () => language.start(folder, at) });
    await proveStates({ brokers: running.brokers, databaseUrl, start: () => language.follow(folder, at) });
  } finally {
    await running.stop();
  }
};

const judged = async (language: Language, places: Places): Promise<Verdict> => {
  const missing = language.missing() ?? freshKafka.missing();
  if (missing !== undefined) {
    console.log(`Not run, for lack of ${missing}: the client in ${language.name}.`);
    return 'skipped';
  }
  try {
    await proven(language, { ...places, folder: join(places.folder, language.name) });
    console.log(
      `✓ In ${language.name} a subscriber takes each event once, says what is missing, and keeps what is now; commands are done once, and read as they were done.`,
    );
    return 'passed';
  } catch (error) {
    console.log(`✗ The client in ${language.name}: ${messageOf(error)}`);
    return 'failed';
  }
};

const startCartage = async (url: string): Promise<Running> => {
  const secrets = { MASTER_KEY: randomBytes(32).toString('base64') };
  return startAll(services, {
    environment: { ...secrets, DATABASE_URL: await databaseFor('cartage', url), PORT: '0', LOG_LEVEL: 'silent' },
  });
};

const verdictsOn = async (places: Omit<Places, 'cartage'>): Promise<readonly Verdict[]> => {
  const cartage = await startCartage(places.url);
  try {
    const verdicts: Verdict[] = [];
    for (const language of languages) verdicts.push(await judged(language, { ...places, cartage }));
    return verdicts;
  } finally {
    await cartage.close();
  }
};

/** What was installed and compiled for the trial stays behind. */
const OF_THE_TRIAL: ReadonlySet<string> = new Set(['python', 'target']);

const keep = (folder: string, kept: string): void => {
  for (const { name } of languages) {
    const made = join(folder, name);
    const isKept = (file: string): boolean => !OF_THE_TRIAL.has(relative(made, file));
    if (existsSync(made)) cpSync(made, join(kept, name.toLowerCase()), { recursive: true, filter: isKept });
  }
};

const usage = `Usage: npm run subscribers [-- --keep <folder>]
--keep: the clients for Python and Java that were made for the trial stay there.`;

const main = async (signal: AbortSignal): Promise<number> => {
  const { values, positionals } = parsed(process.argv.slice(2), { keep: { type: 'string' } }, usage);
  requireNone(positionals, usage);
  return withFolder(false, async (folder) => {
    const cluster = await startCluster({ folder: join(folder, 'data'), port: 0, say: console.log });
    const verdicts = await unlessInterrupted(verdictsOn({ folder, url: cluster.url }), signal).finally(() => cluster.stop());
    if (values.keep !== undefined) keep(folder, values.keep);
    const of = (verdict: Verdict): number => verdicts.filter((each) => each === verdict).length;
    console.log(`${of('passed')} passed, ${of('failed')} failed, ${of('skipped')} skipped`);
    return of('failed') === 0 ? 0 : 1;
  });
};

runInterruptible(usage, main);
