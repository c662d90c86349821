import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { eventually } from '../eventually';
import { isAlive } from '../kafka/exclusively';
import { freePorts } from '../kafka/free-ports';
import { guard } from './guard';
import { startProgram } from './program';
import { serverProcess, type ServerProcess } from './server-process';

const program = 'libs/testkit/src/process/listener.sample.ts';
const started: ServerProcess[] = [];

const server = async (environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> => {
  const [port = 0] = await freePorts(1);
  const made = serverProcess({ program, port, environment, readyWithinMs: 10_000 });
  started.push(made);
  return made;
};

beforeAll(() => execFileSync(process.execPath, ['tools/build.cjs', 'libs/testkit']));
afterAll(() => Promise.all(started.map((each) => each.kill())));

describe('a program as a process of its own', () => {
  it('is ready when it says so, and is told only what it is meant to be told', async () => {
    const one = await server({ GREETING: 'good morning' });
    await one.start();
    expect(await (await fetch(one.url)).text()).toBe(`good morning ${one.current().pid}`);
    await expect(one.start()).rejects.toThrow('runs already');
  });

  it('stops cleanly, and is found on the same port after that', async () => {
    const one = await server();
    await one.start();
    const { pid } = one.current();
    await one.stop();
    expect(await one.current().ended).toBe(0);
    await one.start();
    expect(one.current().pid).not.toBe(pid);
    expect(isAlive(pid)).toBe(false);
  });

  it('that stops with another code than 0 fails the test, with its last words', async () => {
    const one = await server({ STOPS_WITH: '3' });
    await one.start();
    await expect(one.stop()).rejects.toThrow(/ended with code 3 .*\nlistening\nstopping$/);
  });

  it('that does not stop in time fails the test', async () => {
    const one = await server({ STOPS_WITH: 'never' });
    await one.start();
    await expect(one.current().stop(300)).rejects.toThrow('did not stop within 300 ms');
  });

  it('can be killed as a crash would end it', async () => {
    const one = await server();
    await one.start();
    await one.kill();
    expect(await one.current().ended).toBe(128 + 9);
    expect(one.current().hasEnded()).toBe(true);
  });

  it('can be killed while it is being started anew, too', async () => {
    const one = await server();
    await one.start();
    await one.kill();
    const again = one.start();
    await Promise.all([one.kill(), expect(again).rejects.toThrow('ended with code 137 while it started')]);
    expect(one.current().hasEnded()).toBe(true);
  });

  it('that cannot start fails at once, with its last words', async () => {
    const one = await server({ FAILS: 'Setting PORT is wrong.' });
    await expect(one.start()).rejects.toThrow(/ended with code 78 while it started:\nSetting PORT is wrong\.$/);
  });

  it('tells each line to whoever listens', async () => {
    const lines: string[] = [];
    const one = await startProgram({ program, environment: { FAILS: 'no' }, onLine: (line) => lines.push(line) });
    expect(await one.ended).toBe(78);
    expect(lines).toEqual(['no']);
  });

  it('ends when the process that started it is gone, however that ended', async () => {
    const command = [process.execPath, '-e', 'setInterval(() => undefined, 1000)'];
    const parent = spawn(process.execPath, ['-e', parentOf(command)], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [pid] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    expect(isAlive(Number(pid))).toBe(true);
    parent.kill('SIGKILL');
    await eventually(() => expect(isAlive(Number(pid))).toBe(false));
  });
});

const parentOf = (command: readonly string[]): string => `
  const { spawn } = require('node:child_process');
  const args = ${JSON.stringify(['-c', guard, 'sh', ...command])};
  spawn('/bin/sh', args, { stdio: ['pipe', 'inherit', 'inherit'] });
`;
