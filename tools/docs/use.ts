// Uses Cartage as a newcomer does, word by word as the README, the banner and the tutorial say, and counts what kept its promise:
// `node tools/run.cjs tools/docs/use.ts 'npm ci && npm start'`.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { blocksOf, isAsSaid, type Block } from './blocks';
import { Program } from './program';
import { Shell } from './shell';

const TUTORIAL = 'docs/tutorial/first-order.md';
const USUAL_URL = 'http://127.0.0.1:3000';
const PATIENCE_MS = 15_000;

let passed = 0;
const failures: string[] = [];

const check = async (promise: string, keep: () => Promise<string | undefined>): Promise<void> => {
  const trouble = await keep().catch((error: unknown) => String(error));
  console.log(`${trouble === undefined ? '✓' : '✗'} ${promise}`);
  if (trouble === undefined) return void (passed += 1);
  failures.push(trouble);
  console.log(trouble);
};

const troubleWith = ({ prints }: Block, status: number, output: string): string | undefined => {
  const kept = prints === undefined ? !output.includes('urn:cartage:problem:') : isAsSaid(prints, output);
  return status === 0 && kept ? undefined : `It printed (status ${status}):\n${output}\ninstead of:\n${prints ?? 'anything but a problem'}`;
};

/** Facts take a moment to go round the services. A person looks again; so do we. Every block may be run twice: keys make it safe. */
const runBlock = async (shell: Shell, block: Block): Promise<string | undefined> => {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    const { status, output } = await shell.run(block.code);
    const trouble = troubleWith(block, status, output);
    if (trouble === undefined || Date.now() > until) return trouble;
    await sleep(200);
  }
};

const followTutorial = async (url: string): Promise<void> => {
  const shell = new Shell(process.cwd());
  for (const { code, ...said } of blocksOf(readFileSync(TUTORIAL, 'utf8'))) {
    const block = { ...said, code: code.replaceAll(USUAL_URL, url) };
    await check(`tutorial: ${code.split('\n')[0]}`, () => runBlock(shell, block));
  }
  await shell.close();
};

const ready = async (program: Program): Promise<{ readonly url: string; readonly curl: string }> => {
  const curl = await program.says(/^ *(curl .*)$/m);
  return { curl, url: await program.says(/^ *API +(http:\S+)\/docs/m) };
};

const answers = async (url: string, text: string): Promise<string | undefined> => {
  const response = await fetch(url);
  const body = await response.text();
  return response.ok && body.includes(text) ? undefined : `${url} answered ${response.status}:\n${body}`;
};

/** npm's shell hears Ctrl-C, too: once everything has stopped it may end by the signal instead of with 0. */
const stops = (program: Program, ends: readonly (number | string)[]): Promise<void> =>
  check(`Ctrl-C stops it cleanly, and it ends with ${ends.join(' or ')}`, async () => {
    const end = await program.interrupt();
    return ends.includes(end) && program.output.includes('Stopped. The data is kept')
      ? undefined
      : `It ended with ${end}:\n${program.output}`;
  });

const startAgain = async (command: string, orderId: string): Promise<Program> => {
  const program = new Program(command);
  const { url } = await ready(program);
  await check('it starts again and finds the order again', () => answers(`${url}/orders/${orderId}`, orderId));
  return program;
};

const placeOrder = async (curl: string): Promise<string> => {
  const shell = new Shell(process.cwd());
  const { output } = await shell.run(curl);
  await shell.close();
  const orderId = /"orderId":"([\w-]+)"/.exec(output)?.[1] ?? '';
  await check('the curl line that it prints places an order', async () => (orderId ? undefined : output));
  return orderId;
};

const use = async (command: string): Promise<void> => {
  const program = new Program(command);
  const { url, curl } = await ready(program);
  await check('OpenAPI is at /docs', () => answers(`${url}/docs`, 'swagger'));
  const orderId = await placeOrder(curl);
  await followTutorial(url);
  await stops(program, [0, 'SIGINT']);
  const second = await startAgain('npm start', orderId);
  await second.kill();
  const third = await startAgain('exec node tools/run.cjs services/embedded', orderId);
  await check('it finds what a power cut left behind', async () => (third.output.includes('left behind') ? undefined : third.output));
  await stops(third, [0]);
};

use(process.argv[2] ?? 'npm start')
  .catch((error: unknown) => failures.push(String(error)) && console.error(error))
  .finally(() => {
    console.log(`${passed} passed, ${failures.length} failed, 0 skipped`);
    process.exit(failures.length > 0 || passed === 0 ? 1 : 0);
  });
