import { execFileSync } from 'node:child_process';
import { StartFailure } from '@cartage/service-kit';
import { eventually, freePorts, serverProcess, type ServerProcess } from '@cartage/testkit';
import { supervise, type Supervised } from './supervisor';

const SOON = { withinMs: 10_000, everyMs: 20 };

let said: string[];
let supervised: Supervised | undefined;

const supervisedProgram = async (environment: Readonly<Record<string, string>> = {}): Promise<Supervised> => {
  const [port = 0] = await freePorts(1);
  const service: ServerProcess = serverProcess({ program: 'libs/testkit/src/process/listener.sample.ts', port, environment });
  said = [];
  supervised = supervise(service, { say: (line) => said.push(line.replace(service.name, 'It')), firstPauseMs: 20 });
  return supervised;
};

const answers = async ({ service }: Supervised): Promise<void> => {
  expect((await fetch(service.url)).status).toBe(200);
};

/** Ends it as a crash would, and waits until it answers again, as another process. */
const crash = async (one: Supervised): Promise<void> => {
  const { pid } = one.service.current();
  await one.service.kill();
  await eventually(async () => {
    expect(one.service.current().pid).not.toBe(pid);
    await answers(one);
    expect(said.at(-1)).toBe('It answers again.');
  }, SOON);
};

beforeAll(() => execFileSync(process.execPath, ['tools/build.cjs', 'libs/testkit']));
afterEach(() => supervised?.stop());

it('starts a service that died again, on its port, and says so in a line; each time after a longer pause', async () => {
  const one = await supervisedProgram();
  await one.ready;
  await crash(one);
  await crash(one);
  expect(said).toEqual([
    'It ended by itself with code 137; it is started again in 0.02 s.',
    'It answers again.',
    'It ended by itself with code 137; it is started again in 0.04 s.',
    'It answers again.',
  ]);
});

it('stops what it watches, and does not start it again', async () => {
  const one = await supervisedProgram();
  await one.ready;
  await one.stop();
  expect(await one.service.current().ended).toBe(0);
  expect(one.service.current().hasEnded()).toBe(true);
  expect(said).toEqual([]);
});

it('stops what it is about to start again', async () => {
  const one = await supervisedProgram();
  await one.ready;
  await one.service.kill();
  await one.stop();
  expect(one.service.current().hasEnded()).toBe(true);
});

it('ends what is still starting', async () => {
  const one = await supervisedProgram();
  await eventually(() => one.service.current(), { everyMs: 1 });
  await one.stop();
  expect(one.service.current().hasEnded()).toBe(true);
  await one.ready.catch(() => undefined);
});

it('gives up a first start that refuses its settings, with what it said', async () => {
  const one = await supervisedProgram({ FAILS: 'Setting PORT is wrong.' });
  const failure = await one.ready.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartFailure);
  expect((failure as StartFailure).lines.join('\n')).toMatch(/^libs\/testkit\S+ cannot start:\nSetting PORT is wrong\.$/);
  expect(said).toEqual([]);
});
