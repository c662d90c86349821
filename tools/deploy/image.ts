// Takes the steps of the Dockerfile without Docker, and starts what each image would start: `npm run image`. Ends with `N passed, N failed`.
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '@cartage/embedded/postgres';
import { stackOf } from '@cartage/eventsourcing';
import { freePorts } from '@cartage/testkit';
import { takesNone } from '../client/program';
import { plannedServices } from '../distributed/plan';
import { imagesOf, readDockerfile, type Image } from './building';
import { isHealthy, isolationFor, memoryOf, startContainer, writableFiles, type Container, type Isolation } from './container';
import { digestOf, megabytesOf, notOfTheLockFile, otherwise } from './contents';

/** It hears nothing and tells nothing: whether there is a broker is all the same to it. */
const withoutKafka: ReadonlySet<string> = new Set(['console']);

const dockerfile = 'deploy/docker/service.Dockerfile';
const MOST_MEGABYTES = 300;
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 30_000;

let passed = 0;
let failed = 0;
const check = (what: string, faults: readonly string[]): void => {
  if (faults.length === 0) passed += 1;
  else failed += 1;
  console.log(`${faults.length === 0 ? 'ok' : 'NOT OK'}: ${what}`);
  for (const fault of faults.slice(0, 20)) console.log(`  ${fault}`);
};

const unless = (holds: boolean, fault: string): readonly string[] => (holds ? [] : [fault]);

const within = <T>(ms: number, work: Promise<T>): Promise<T | 'too long'> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'too long'>((resolve) => (timer = setTimeout(() => resolve('too long'), ms)));
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
};

const answers = async (url: string): Promise<{ readonly status: number; readonly text: string }> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return { status: 0, text: '' };
  }
};

const answering = async (container: Container, url: string): Promise<boolean> => {
  for (const until = Date.now() + START_WITHIN_MS; Date.now() < until && !container.hasEnded();) {
    if ((await answers(`${url}/health/live`)).status === 200) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
};

interface Trial {
  readonly name: string;
  readonly image: Image;
  readonly isolation: Isolation;
  readonly settings: Readonly<Record<string, string>>;
}

/** As the job that runs before a rollout. */
const tryMigration = async ({ name, image, isolation, settings }: Trial): Promise<void> => {
  const job = startContainer(image, isolation, { ...settings, ROLE: 'migrate' });
  const code = await within(START_WITHIN_MS, job.ended);
  check(`${name}: its migration ends with 0`, unless(code === 0, `${code}: ${job.lastLines()}`));
};

const stopped = async (container: Container): Promise<number | 'too long'> => {
  if (!container.hasEnded()) process.kill(container.pid(), 'SIGTERM');
  const code = await within(STOP_WITHIN_MS, container.ended);
  if (code === 'too long') process.kill(container.pid(), 'SIGKILL');
  return code;
};

const tryService = async (trial: Trial): Promise<void> => {
  const { name, image, isolation } = trial;
  await tryMigration(trial);
  const [port = 0] = await freePorts(1);
  const began = performance.now();
  const container = startContainer(image, isolation, { ...trial.settings, PORT: String(port) });
  const url = `http://127.0.0.1:${port}`;
  const alive = await answering(container, url);
  const seconds = (performance.now() - began) / 1_000;
  const megabytes = alive ? Math.round(memoryOf(container)) : 0;
  check(`${name}: answers after ${seconds.toFixed(1)} s with ${megabytes} MB`, unless(alive, container.lastLines()));
  if (alive) {
    check(`${name}: its health check is content`, unless(await isHealthy(container, isolation), container.lastLines()));
    const { text } = await answers(`${url}/health/ready`);
    const isTold = withoutKafka.has(name) ? text.includes('"status":"ready"') : text.includes('has no Kafka');
    check(
      `${name}: ${withoutKafka.has(name) ? 'is ready without a broker' : 'readiness says that the broker is away'}`,
      unless(isTold, text),
    );
  }
  const code = await stopped(container);
  check(`${name}: ends with 0 when told to stop`, unless(code === 0, `${code}: ${container.lastLines()}`));
};

const checkContents = (image: Image, isolation: Isolation): void => {
  const root = join(image.root, image.workdir);
  check('every package is one of the lock file, in its version, and for production', notOfTheLockFile(root, 'package-lock.json'));
  check('the program is byte by byte what this workspace builds', otherwise(join(root, 'dist'), 'dist'));
  check(`its program can change none of its files (${isolation.about})`, writableFiles(image, isolation));
  const megabytes = megabytesOf(root);
  check(`${megabytes.toFixed(0)} MB beside Node`, unless(megabytes < MOST_MEGABYTES, `more than ${MOST_MEGABYTES}`));
  console.log(`files: sha256 ${digestOf(root)}`);
};

const nodeOfImage = (): string => readDockerfile(dockerfile).args.get('NODE') ?? '';

const main = async (folder: string): Promise<void> => {
  chmodSync(folder, 0o755);
  if (process.versions.node.split('.')[0] !== nodeOfImage())
    console.log(`This is Node ${process.versions.node}; the image has ${nodeOfImage()}.`);
  const imageOf = imagesOf({ dockerfile, context: '.', folder: join(folder, 'stages') });
  const [first] = plannedServices;
  const image = imageOf({ SERVICE: first?.name ?? '' });
  const isolation = isolationFor(image);
  checkContents(image, isolation);
  const cluster = await startCluster({ folder: join(folder, 'data'), port: 0, say: console.log });
  const settings = {
    ...{ DATABASE_URL: cluster.url, MASTER_KEY: Buffer.alloc(32, 7).toString('base64'), AUTH: 'upstream', LOG_LEVEL: 'warn' },
    // Nobody listens there: a service starts all the same, and says so.
    KAFKA_BROKERS: '127.0.0.1:9',
    DRAIN_DELAY_MS: '0',
  };
  try {
    for (const { name } of plannedServices)
      await tryService({ name, image: name === first?.name ? image : imageOf({ SERVICE: name }), isolation, settings });
  } finally {
    await cluster.stop();
  }
};

takesNone('Usage: npm run image');
const folder = mkdtempSync(join(tmpdir(), 'cartage-image-'));
void main(folder)
  .catch((error: unknown) => check('the image', [stackOf(error)]))
  .finally(() => {
    rmSync(folder, { recursive: true, force: true });
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed === 0 ? 0 : 1);
  });
