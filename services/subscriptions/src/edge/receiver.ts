import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Clock } from '@cartage/eventsourcing';
import type { Receiver } from '../app/streaming';

/** What was said last may still be on its way for so long. */
const LAST_WORDS_MS = 5_000;

/** A client at the other end of an answer: told no faster than it takes. */
export const receiverOf = (response: ServerResponse, { clock, slowMs }: { readonly clock: Clock; readonly slowMs: number }): Receiver => {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.once('error', () => gone.abort());

  const drained = async (): Promise<boolean> => {
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, gone.signal]);
    const drain = once(response, 'drain', { signal }).then(
      () => true,
      () => gone.signal.aborted,
    );
    const late = clock.pause(slowMs, signal).then(() => gone.signal.aborted);
    try {
      return await Promise.race([drain, late]);
    } finally {
      over.abort();
    }
  };

  return {
    gone: gone.signal,
    say: async (text) => gone.signal.aborted || response.write(text) || drained(),
    end: (text) => {
      response.end(text);
      void clock.pause(LAST_WORDS_MS, gone.signal).then(() => response.destroy());
    },
  };
};
