import { setTimeout as pause } from 'node:timers/promises';
import type { CloudEvent, PublicEvent } from '@cartage/contracts';
import { authorizationOf, baseOf, CartageRefused, refusalIn, type At } from './asking';
import type { EventType } from './events';
import { blocksIn, type SseBlock } from './server-sent';

type Streamed<Event> = Event extends PublicEvent ? CloudEvent<Event> : never;

/** An event of the stream; `position` is where to go on behind it. */
export type StreamedEvent = Streamed<PublicEvent>;

export interface Following {
  readonly orderId?: string;
  readonly channel?: string;
  readonly types?: readonly EventType[];
  /** Goes on behind this `position`; `'0'` is the beginning of everything. From now on unless given. */
  readonly after?: string;
  /** Ends when everything that is there was told. */
  readonly untilNow?: boolean;
  readonly signal?: AbortSignal;
  /** How long a connection may say nothing, heartbeats included, before it is taken for dead; 60 s unless given. */
  readonly silenceMs?: number;
  /** Told of each connection that was lost, or could not be made, and whether any was ever made. What it throws ends the following; otherwise it is tried again. */
  readonly onLost?: (error: unknown, wasConnected: boolean) => void;
}

const LONGEST_PAUSE_MS = 30_000;
const TOO_MANY = 429;

/** How far it is, and how soon it may come again. */
interface Progress {
  after: string | undefined;
  retryMs: number;
  /** Connections since the last one on which something came. */
  failures: number;
  wasConnected: boolean;
  isComplete: boolean;
}

const queryOf = ({ orderId, channel, types = [], untilNow = false }: Following): string => {
  const query = new URLSearchParams(types.map((type): [string, string] => ['type', type]));
  if (orderId !== undefined) query.set('orderId', orderId);
  if (channel !== undefined) query.set('channel', channel);
  if (untilNow) query.set('follow', 'false');
  return query.size === 0 ? '' : `?${query.toString()}`;
};

const headersOf = async (at: At, { after }: Progress): Promise<Record<string, string>> => {
  const authorization = await authorizationOf(at);
  return {
    accept: 'text/event-stream',
    ...(authorization === undefined ? {} : { authorization }),
    ...(after === undefined ? {} : { 'last-event-id': after }),
  };
};

/** Ends a connection on which nothing comes. */
const watchdog = (ms: number): { readonly signal: AbortSignal; readonly seen: () => void; readonly leave: () => void } => {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(), ms);
  return { signal: silent.signal, seen: () => void timer.refresh(), leave: () => clearTimeout(timer) };
};

async function* connection(at: At, following: Following, progress: Progress): AsyncGenerator<SseBlock> {
  const { signal, seen, leave } = watchdog(following.silenceMs ?? 60_000);
  const over = following.signal === undefined ? signal : AbortSignal.any([signal, following.signal]);
  try {
    const response = await fetch(`${baseOf(at)}/stream${queryOf(following)}`, { headers: await headersOf(at, progress), signal: over });
    if (!response.ok || response.body === null) throw await refusalIn(response);
    const pieces = async function* (body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
      const decoder = new TextDecoder();
      for await (const piece of body) {
        seen();
        yield decoder.decode(piece, { stream: true });
      }
    };
    yield* blocksIn(pieces(response.body));
  } finally {
    leave();
  }
}

/** By the names that `fetch` gives to what becomes of a connection. */
const isLost = (error: unknown): boolean => ['TypeError', 'AbortError'].includes((error as Error).name);

/** Whatever is away may come back; what Cartage refuses stays refused. */
const isAway = (error: unknown): boolean =>
  error instanceof CartageRefused ? error.status >= 500 || error.status === TOO_MANY : isLost(error);

const isComplete = ({ event, data = '{}' }: SseBlock): boolean =>
  event === 'end' && (JSON.parse(data) as { readonly reason?: string }).reason === 'complete';

const isEvent = ({ event, data }: SseBlock): boolean => data !== undefined && event !== 'end';

const isOver = ({ signal }: Following): boolean => signal?.aborted === true;

const noted = (progress: Progress, { id, retry }: SseBlock): void => {
  progress.after = id ?? progress.after;
  progress.retryMs = retry ?? progress.retryMs;
  progress.failures = 0;
  progress.wasConnected = true;
};

/** Until the connection is lost, or everything was told; what is away is no trouble. */
async function* connected(at: At, following: Following, progress: Progress): AsyncGenerator<StreamedEvent> {
  try {
    for await (const block of connection(at, following, progress)) {
      noted(progress, block);
      progress.isComplete = isComplete(block);
      if (isEvent(block)) yield JSON.parse(block.data ?? '') as StreamedEvent;
    }
  } catch (error) {
    if (!isAway(error)) throw error;
    if (!isOver(following)) following.onLost?.(error, progress.wasConnected);
  }
}

/** Resolves early, and without a word, when it is over. */
const rest = ({ retryMs, failures }: Progress, signal: AbortSignal | undefined): Promise<void> =>
  pause(Math.min(retryMs * 2 ** (failures - 1), LONGEST_PAUSE_MS), undefined, signal === undefined ? {} : { signal }).catch(
    () => undefined,
  );

/**
 * What happens in Cartage, as it happens. A connection that is lost is made again, behind the last event that came: nothing is missed, nothing comes twice. Ends
 * when `signal` says so, or by `untilNow`; throws `CartageRefused`.
 */
export async function* follow(at: At, following: Following = {}): AsyncGenerator<StreamedEvent> {
  baseOf(at);
  const progress: Progress = { after: following.after, retryMs: 2_000, failures: 0, wasConnected: false, isComplete: false };
  while (!isOver(following)) {
    yield* connected(at, following, progress);
    if (progress.isComplete) return;
    progress.failures += 1;
    await rest(progress, following.signal);
  }
}
