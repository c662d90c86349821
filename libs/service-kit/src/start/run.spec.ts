import pino from 'pino';
import { run } from './run';
import type { Running } from './start-all';

/** As far away as a timer can be. */
const NEVER = 2 ** 31 - 1;

type Signalled = (signal: NodeJS.Signals) => void;

/** A program that runs and stops when `stopped` does; answers with what hears Ctrl-C, and with the codes that it would have ended with. */
const running = async (stopped: Promise<void>) => {
  const codes: unknown[] = [];
  jest.spyOn(process, 'exit').mockImplementation((code) => codes.push(code) as never);
  const before = new Set([...process.listeners('SIGINT'), ...process.listeners('SIGTERM')]);
  const close = jest.fn(() => stopped);
  await run(async () => ({ url: 'http://suite', log: pino({ level: 'silent' }), routes: [], uses: [], stopWithinMs: NEVER, close }));
  const [hear] = process.listeners('SIGINT').filter((each) => !before.has(each));
  if (!hear) throw new Error('Nobody hears Ctrl-C.');
  process.off('SIGINT', hear).off('SIGTERM', hear);
  return { hear: hear as Signalled, codes, close };
};

/** Lets time pass for whoever asks what time it is. */
const later = (ms: number): void => {
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + ms);
};

afterEach(() => jest.restoreAllMocks());

describe('a program that is told to stop', () => {
  it('ends at once while it is still starting, and hears of that no more when it has started', async () => {
    const codes: unknown[] = [];
    jest.spyOn(process, 'exit').mockImplementation((code) => codes.push(code) as never);
    const before = process.listeners('SIGTERM').length;
    const already = new Set(process.listeners('SIGTERM'));
    let started: (running: Running) => void = () => undefined;
    const ran = run(() => new Promise((resolve) => (started = resolve)));
    const [end] = process.listeners('SIGTERM').filter((each) => !already.has(each));
    (end as Signalled)('SIGTERM');
    expect(codes).toEqual([143]);
    started({
      url: 'http://suite',
      log: pino({ level: 'silent' }),
      routes: [],
      uses: [],
      stopWithinMs: NEVER,
      close: async () => undefined,
    });
    await ran;
    expect(process.listeners('SIGTERM')).not.toContain(end);
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      for (const each of process.listeners(signal).slice(before)) process.off(signal, each);
  });

  it('takes a Ctrl-C that npm passes on for the same one', async () => {
    let stop: () => void = () => undefined;
    const { hear, codes, close } = await running(new Promise((resolve) => (stop = resolve)));
    later(0);
    hear('SIGINT');
    later(499);
    hear('SIGINT');
    expect(codes).toEqual([]);
    stop();
    await new Promise(setImmediate);
    expect([codes, close.mock.calls.length]).toEqual([[0], 1]);
  });

  it('ends by force when Ctrl-C is pressed again', async () => {
    const { hear, codes } = await running(new Promise(() => undefined));
    later(0);
    hear('SIGINT');
    later(500);
    hear('SIGINT');
    expect(codes).toEqual([1]);
  });
});
