import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { NO_MORE, type Clock } from '@cartage/eventsourcing';
import type { Receiver } from '../app/streaming';

/** What was said last may still be on its way for so long. */
const LAST_WORDS_MS = 5_000;

/** A client at the other end of an answer: told no faster than it takes. Whoever takes something within `slowMs` is not too slow, however long all of it takes. */
export const receiverOf = (response: ServerResponse, { clock, slowMs }: { readonly clock: Clock; readonly slowMs: number }): Receiver => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.once('error', () => gone.abort());
  // Of one that left before it was listened to Node says nothing more.
  if (response.destroyed) gone.abort();

  const drained = async (over: AbortSignal): Promise<boolean> => {
    const settled = new AbortController();
    const signal = AbortSignal.any([settled.signal, over, gone.signal]);
    const isOver = (): boolean => over.aborted || gone.signal.aborted;
    const drain = once(response, 'drain', { signal }).then(() => true, isOver);
    // By Node's own clock, which alone knows whether the other side takes part of what is on its way.
    const stuck = once(response, 'timeout', { signal }).then(isOver, isOver);
    response.setTimeout(slowMs);
    try {
      return await Promise.race([drain, stuck]);
    } finally {
      response.setTimeout(0);
      settled.abort(NO_MORE);
    }
  };

  return {
    gone: gone.signal,
    say: async (text, over) => gone.signal.aborted || response.write(text) || drained(over),
    cut: () => void response.destroy(),
    end: (text) => {
      response.end(text);
      void clock.pause(LAST_WORDS_MS, gone.signal).then(() => response.destroy());
    },
  };
};
