import type { Credentials } from '../api/client';
import { eventLines, newsIn, type SentEvent } from './event-lines';
import type { News } from './gathering';

/** `live`: told of everything that happens. `polling`: nobody tells, so it is asked again and again. `away`: nobody answers. */
export type Liveness = 'live' | 'polling' | 'away';

export interface FollowingNeeds {
  readonly credentials: Credentials;
  readonly onLiveness: (liveness: Liveness) => void;
  readonly onNews: (news: News) => void;
  readonly signal: AbortSignal;
}

const AGAIN_MS = 3_000;
/** Where there is no stream, or we may not have it, it is asked for seldom: it may be switched on. */
const SELDOM_MS = 60_000;

/** What a gateway says where nobody answers it. */
const nobodyBehind: ReadonlySet<number> = new Set([502, 504]);

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

const headersFrom = async (credentials: Credentials, lastId: string | undefined): Promise<Record<string, string>> => {
  const token = await credentials.token();
  return {
    accept: 'text/event-stream',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
  };
};

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Follows `GET /stream` until told to stop; behind what it heard last after each loss. Tells how well it can. */
export const follow = async ({ credentials, onLiveness, onNews, signal }: FollowingNeeds): Promise<void> => {
  let lastId: string | undefined;
  const heard = (event: SentEvent): void => {
    lastId = event.id ?? lastId;
    if (event.data !== '' && event.event !== 'end') onNews(newsIn(event));
  };
  const listen = async (): Promise<number> => {
    const response = await fetch('/stream', { headers: await headersFrom(credentials, lastId), signal });
    if (!response.ok || response.body === null) {
      const isAway = nobodyBehind.has(response.status);
      onLiveness(isAway ? 'away' : 'polling');
      return isAway ? AGAIN_MS : SELDOM_MS;
    }
    onLiveness('live');
    // What happened before the first word of the stream was heard by nobody.
    if (lastId === undefined) onNews({});
    const read = eventLines();
    for await (const piece of piecesOf(response.body)) read(piece).forEach(heard);
    return AGAIN_MS;
  };
  while (!signal.aborted) {
    const wait = await listen().catch(() => {
      onLiveness('away');
      return AGAIN_MS;
    });
    await pause(wait, signal);
  }
};
