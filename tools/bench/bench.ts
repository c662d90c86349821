import 'reflect-metadata';
import { startCluster } from '@cartage/embedded';
import { messageOf } from '@cartage/eventsourcing';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { measureAccept, measureBareRoute, type Accepted } from './accept';
import { measureAppends } from './appends';
import { startEmbeddedProcess } from './embedded-process';
import { measureLifecycles } from './lifecycles';
import { measureLimits } from './limits';
import { machine, postmasterOf, usageOf } from './machine';
import type { Idle, Report } from './report';
import { table } from './table';

const say = (line: string): void => console.error(line);

const withFolder = async <Result>(use: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-bench-'));
  // Postgres may run as another user, who must be able to get in.
  chmodSync(folder, 0o755);
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const onFreshDatabase = <Result>(use: (url: string) => Promise<Result>): Promise<Result> =>
  withFolder(async (folder) => {
    const cluster = await startCluster({ folder, port: 0, say });
    try {
      return await use(cluster.url);
    } finally {
      await cluster.stop();
    }
  });

const measureIdle = (seconds: number): Promise<Idle> =>
  withFolder(async (folder) => {
    const cold = await startEmbeddedProcess(folder);
    await cold.stop();
    const warm = await startEmbeddedProcess(folder);
    try {
      const roots = [warm.pid, postmasterOf(join(folder, 'postgres'))];
      await pause(2_000);
      const before = usageOf(roots);
      await pause(seconds * 1000);
      const after = usageOf(roots);
      return {
        coldStartMs: cold.startMs,
        warmStartMs: warm.startMs,
        nodeRssMb: usageOf([warm.pid]).rssMb,
        idleCores: (after.cpuSeconds - before.cpuSeconds) / seconds,
      };
    } finally {
      await warm.stop();
    }
  });

const measureAcceptOverHttp = (seconds: number): Promise<Accepted> =>
  withFolder(async (folder) => {
    const embedded = await startEmbeddedProcess(folder);
    try {
      await measureAccept(embedded.url, 2);
      return await measureAccept(embedded.url, seconds);
    } finally {
      await embedded.stop();
    }
  });

const run = async (seconds: number, orders: number, inFlight: number): Promise<Report> => {
  say('This machine’s limits, and appends …');
  const [limits, appends, bareRoute] = await onFreshDatabase(
    async (url) => [await measureLimits(url, seconds), await measureAppends(url, seconds), await measureBareRoute(url, seconds)] as const,
  );
  say('Start and idling …');
  const idle = await measureIdle(Math.max(seconds, 10));
  say('Accepting orders over HTTP …');
  const accept = await measureAcceptOverHttp(seconds);
  say(`${orders} complete lifecycles …`);
  const lifecycles = await onFreshDatabase((url) => measureLifecycles(url, orders, inFlight));
  return { machine: machine(), limits, appends, bareRoute, accept, lifecycles, idle };
};

const usage = 'Usage: npm run bench [-- --seconds 5 --orders 3000 --in-flight 800 --json <file>]';

/** What the person at the keyboard got wrong: told in a line, with how it is used. */
class WrongCall extends Error {}

const wholeNumber = (name: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1_000_000) return value;
  throw new WrongCall(`--${name} is a whole number from 1 to 1000000, not ${text}.`);
};

const options = {
  seconds: { type: 'string', default: '5' },
  orders: { type: 'string', default: '3000' },
  'in-flight': { type: 'string', default: '800' },
  json: { type: 'string' },
} as const;

const asked = () => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new WrongCall(messageOf(error), { cause: error });
  }
};

const main = async (): Promise<void> => {
  const { seconds, orders, 'in-flight': inFlight, json } = asked();
  const report = await run(wholeNumber('seconds', seconds), wholeNumber('orders', orders), wholeNumber('in-flight', inFlight));
  console.log(table(report));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, undefined, 2)}\n`);
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof WrongCall ? `${error.message}\n${usage}` : error);
    process.exit(1);
  },
);
