import crypto from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { numbersFrom } from './random';
import type { SimulatedTime } from './time';

/** What a timer of Node can be asked; drivers do. */
interface NodeTimer {
  readonly stop: () => void;
  readonly ref: () => NodeTimer;
  readonly unref: () => NodeTimer;
  readonly hasRef: () => boolean;
  readonly refresh: () => NodeTimer;
}

type Run = (...given: readonly unknown[]) => void;

const timerOf = (time: SimulatedTime, again: boolean) => {
  return (run: Run, ms: number | undefined = 0, ...given: readonly unknown[]): NodeTimer => {
    let stop: () => void;
    const fire = (): void => {
      if (again) begin();
      run(...given);
    };
    const begin = (): void => void (stop = time.after(Math.max(again ? 1 : 0, ms), fire));
    const timer: NodeTimer = {
      stop: () => stop(),
      ...{ ref: () => timer, unref: () => timer, hasRef: () => true },
      refresh: () => (stop(), begin(), timer),
    };
    begin();
    return timer;
  };
};

const clearReal = clearTimeout;

/** A timer that somebody set before the simulation began is a real one. */
const stopTimer = (timer: NodeTimer | NodeJS.Timeout | undefined): void => {
  if (timer && 'stop' in timer) timer.stop();
  else clearReal(timer);
};

const dateOf = (time: SimulatedTime): unknown => {
  const Real = Date;
  class SimulatedDate extends Real {
    constructor(...given: readonly [] | ConstructorParameters<DateConstructor>) {
      if (given.length === 0) super(time.now);
      else super(...(given as ConstructorParameters<DateConstructor>));
    }

    static override now(): number {
      return time.now;
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
      return Real.prototype.isPrototypeOf.call(Real.prototype, value as object);
    }
  }
  return SimulatedDate;
};

const fillBy = (seed: number): (<Bytes extends NodeJS.ArrayBufferView>(bytes: Bytes) => Bytes) => {
  const next = numbersFrom(seed);
  return (bytes) => {
    const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < view.length; i += 1) view[i] = Math.floor(next() * 256);
    return bytes;
  };
};

/**
 * As that of the machine, which keeps whoever waits for it until it is told: nobody tells a process that has crashed, or whose run is over, and all that it knew
 * would be kept. This one is forgotten with those that it waits for.
 */
const either = (signals: Iterable<AbortSignal>): AbortSignal => {
  const sources = [...signals];
  const joined = new AbortController();
  const end = (): void => {
    for (const source of sources) source.removeEventListener('abort', end);
    joined.abort(sources.find(({ aborted }) => aborted)?.reason);
  };
  if (sources.some(({ aborted }) => aborted)) end();
  else for (const source of sources) source.addEventListener('abort', end);
  return joined.signal;
};

type Replaced = readonly [of: object, name: string, by: unknown];

const replacementsOf = (time: SimulatedTime, seed: number): readonly Replaced[] => {
  const fill = fillBy(seed ^ 0x5bd1e995);
  const randomBytes = (size: number): Buffer => fill(Buffer.alloc(size));
  const uuid = (): string => {
    const hex = randomBytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  return [
    [globalThis, 'Date', dateOf(time)],
    [globalThis, 'setTimeout', timerOf(time, false)],
    [globalThis, 'setInterval', timerOf(time, true)],
    [globalThis, 'setImmediate', (run: Run, ...given: readonly unknown[]) => timerOf(time, false)(run, 0, ...given)],
    ...['clearTimeout', 'clearInterval', 'clearImmediate'].map((name): Replaced => [globalThis, name, stopTimer]),
    [performance, 'now', () => time.now],
    [AbortSignal, 'any', either],
    [Math, 'random', numbersFrom(seed ^ 0x2545f491)],
    [crypto, 'randomBytes', randomBytes],
    [crypto, 'randomUUID', uuid],
    [crypto, 'randomFillSync', fill],
    [crypto.webcrypto, 'getRandomValues', fill],
  ];
};

/**
 * Puts simulated time and chance in the place of the machine's for everybody in this process, libraries and the database included: what waits on the real ones
 * would not come again. Answers how to put everything back.
 */
export const simulateMachine = (time: SimulatedTime, seed: number): (() => void) => {
  const replaced = replacementsOf(time, seed).map(([of, name, by]) => {
    const before = Object.getOwnPropertyDescriptor(of, name);
    Object.defineProperty(of, name, { value: by, configurable: true, writable: true });
    return () => (before ? Object.defineProperty(of, name, before) : Reflect.deleteProperty(of, name));
  });
  return () => replaced.toReversed().forEach((back) => back());
};
