import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The embedded system as its own process, as `npm start` runs it. */
export interface EmbeddedProcess {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process until it says that it is ready. */
  readonly startMs: number;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

const untilReady = async (child: ChildProcess, url: string, printed: () => string): Promise<void> => {
  const deadline = performance.now() + 60_000;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`Cartage did not start:\n${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

export const startEmbeddedProcess = async (folder: string): Promise<EmbeddedProcess> => {
  const port = await freePort();
  const started = performance.now();
  const main = join(process.cwd(), 'dist', 'services', 'embedded', 'src', 'main.js');
  const environment = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    CARTAGE_DIR: folder,
    PORT: String(port),
    POSTGRES_PORT: String(await freePort()),
  };
  const child = spawn(process.execPath, ['--max-semi-space-size=32', main], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  process.once('exit', () => child.kill('SIGTERM'));
  try {
    await untilReady(child, url, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid ?? 0, startMs: performance.now() - started, stop };
};
