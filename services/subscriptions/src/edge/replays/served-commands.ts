import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Served } from '../../domain/pace';

const [BEGUN, ANSWERED] = ['http.server.request.start', 'http.server.response.finish'];

/** Questions may last as long as they like: a stream does for hours. */
const isCommand = ({ method }: IncomingMessage): boolean => method === 'POST' || method === 'PUT';

export interface ServedCommands {
  /** What was answered since it was last taken. */
  readonly take: () => Served;
  /** Whether one has come since. */
  readonly hasAny: () => boolean;
  readonly stop: () => void;
}

/** What commands take in this process, whichever service answers them. */
export const servedCommands = (): ServedCommands => {
  const begun = new WeakMap<IncomingMessage, number>();
  let [came, count, totalMs] = [0, 0, 0];
  const begin = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    if (!isCommand(request)) return;
    came += 1;
    begun.set(request, performance.now());
  };
  const end = (message: unknown): void => {
    const since = begun.get((message as { readonly request: IncomingMessage }).request);
    if (since === undefined) return;
    count += 1;
    totalMs += performance.now() - since;
  };
  subscribe(BEGUN, begin);
  subscribe(ANSWERED, end);
  return {
    take: () => {
      const served = { count, meanMs: count === 0 ? 0 : totalMs / count };
      [came, count, totalMs] = [0, 0, 0];
      return served;
    },
    hasAny: () => came > 0,
    stop: () => {
      unsubscribe(BEGUN, begin);
      unsubscribe(ANSWERED, end);
    },
  };
};
