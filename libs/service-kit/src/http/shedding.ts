import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Overloaded } from '@cartage/eventsourcing';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLongLived } from './long-lived';

export interface SheddingOptions {
  /** So many requests are in hand at once; whoever comes then is turned away. */
  readonly maxInFlight: number;
  /** Nobody new is let in while the process answers later than this by itself, time after time. */
  readonly maxDelayMs?: number;
}

const SAMPLE_MS = 250;
const SAMPLES = 3;

/**
 * How late the event loop was lately, in milliseconds. One long step, such as an order of 10,000 lines, makes the next ones late once, and then it is over:
 * what counts is what the last samples have in common.
 */
const lateness = (): { readonly now: () => number; readonly stop: () => void } => {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  const samples = Array.from({ length: SAMPLES }, () => 0);
  let late = 0;
  histogram.enable();
  const timer = setInterval(() => {
    samples.shift();
    samples.push(histogram.max / 1e6);
    late = Math.min(...samples);
    histogram.reset();
  }, SAMPLE_MS).unref();
  return {
    now: () => late,
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
};

/** Health and metrics are asked when things are bad, and must answer then. */
const isHealth = ({ url }: FastifyRequest): boolean => url.startsWith('/health') || url.startsWith('/metrics');

/**
 * Turns requests away at once with 503 when more is in hand than can be done soon: whoever waits in a queue that only grows is answered too late
 * for everybody. A request counts until its answer is sent or its connection gone.
 */
export const shedLoad = (server: FastifyInstance, { maxInFlight, maxDelayMs = 1_000 }: SheddingOptions): void => {
  const late = lateness();
  let inFlight = 0;
  const take = (reply: FastifyReply): void => {
    inFlight += 1;
    reply.raw.once('close', () => (inFlight -= 1));
  };
  server.addHook('onRequest', (request, reply, done) => {
    if (isHealth(request)) return done();
    if (inFlight >= maxInFlight) return done(new Overloaded(`${maxInFlight} requests are in hand already.`));
    if (late.now() > maxDelayMs) return done(new Overloaded('The process has no time for more.'));
    if (!isLongLived(request)) take(reply);
    done();
  });
  server.addHook('onClose', (_, done) => {
    late.stop();
    done();
  });
};
