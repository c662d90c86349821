import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { servedBy } from './served-by';

/** A running server of a suite. `from` says where it came from, for the reader of a report. */
export interface Running {
  readonly from: string;
  stop(): Promise<void>;
}

/** A server that a suite cannot do without. */
export interface TestServer<Server extends Running> {
  readonly name: string;
  /** Why it cannot be had on this machine; nothing when it can. Asked while tests are collected, so it must be quick. */
  missing(): string | undefined;
  start(): Promise<Server>;
}

/** One JSON line for each suite that could not run. The pipeline empties it first and reports what it finds. */
export const notRunFile = (): string => join(process.cwd(), 'dist', 'tests-not-run.jsonl');

/** The first start may have to fetch the server. */
const START_MS = 240_000;

/**
 * A suite that runs against a server, started before it and stopped after it. Where the server cannot be had, one test that names what is missing
 * stands in its place: shown as skipped, and written to `notRunFile()`, so that nobody takes silence for success.
 *
 * ```ts
 * describeWith(kafka, 'messages on Kafka', (server) => { it('…', () => … server().brokers …) });
 * ```
 */
export const describeWith = <Server extends Running>(
  { name, missing, start }: TestServer<Server>,
  suite: string,
  tests: (server: () => Server) => void,
): void => {
  const why = missing();
  if (why !== undefined) return notRun(suite, `needs ${name}: ${why}`);
  describe(suite, () => {
    let running: Server | undefined;
    beforeAll(async () => {
      running = await start();
      servedBy(name, running.from);
    }, START_MS);
    afterAll(() => running?.stop(), 60_000);
    tests(() => {
      if (!running) throw new Error(`${name} runs only while tests do.`);
      return running;
    });
  });
};

const notRun = (suite: string, reason: string): void => {
  mkdirSync(dirname(notRunFile()), { recursive: true });
  appendFileSync(notRunFile(), `${JSON.stringify({ suite, reason })}\n`);
  describe(suite, () => it.skip(reason, () => undefined));
};
