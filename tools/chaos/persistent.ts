import { setTimeout as pause } from 'node:timers/promises';
import type { Call, Http } from '../simulator/http';
import { Problem, Unreachable } from '../simulator/problem';

export interface PersistenceOptions {
  /** So long one call is tried. */
  readonly patienceMs: number;
  /** From one placed order to the next. */
  readonly placeEveryMs: number;
  readonly signal: AbortSignal;
  /** Hears of each answer that did not come, or said no for now. */
  readonly refused: (status: number) => void;
}

const PAUSE_MS = 250;

/** What a service says that has not yet heard of what another one has said. */
const early = [
  'ORDER_UNKNOWN',
  'PAYMENT_UNKNOWN',
  'RETURN_UNKNOWN',
  'CLAIM_UNKNOWN',
  'SHIPMENT_UNKNOWN',
  'LOCATION_UNKNOWN',
  'LINE_NOT_ELIGIBLE',
  'PARCEL_NOT_LOST',
];

const mayComeYet = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429 || early.includes(error.code)));

const isPlacing = ({ method, path }: Call): boolean => method === 'PUT' && path.startsWith('/channels/');

/** Lets one pass at a time, evenly. */
const pacer = (everyMs: number): (() => Promise<void>) => {
  let next = 0;
  return async () => {
    const now = Date.now();
    next = Math.max(now, next + everyMs);
    if (next > now) await pause(next - now);
  };
};

/** Asks one replica after the other until one answers, for as long as faults may last: every repeat is the same command. */
export const persistentHttp = (replicas: readonly Http[], options: PersistenceOptions): Http => {
  const { patienceMs, signal, refused } = options;
  const placing = pacer(options.placeEveryMs);
  let turn = 0;
  const next = (): Http => {
    const http = replicas[(turn += 1) % replicas.length];
    if (!http) throw new Error('There is no replica to ask.');
    return http;
  };
  return {
    send: async <Body>(call: Call) => {
      if (isPlacing(call)) await placing();
      const end = Date.now() + patienceMs;
      for (;;) {
        try {
          return await next().send<Body>(call);
        } catch (error) {
          if (signal.aborted || !mayComeYet(error) || Date.now() > end) throw error;
          refused(error instanceof Problem ? error.status : 0);
          await pause(PAUSE_MS);
        }
      }
    },
    close: () => replicas.forEach((each) => each.close()),
  };
};
