import { queryOptions } from '@tanstack/react-query';
import { bodyOf, Refusal, type Api } from '../../api/client';
import type { Asking, PageOf } from '../queue';
import type { ItemWork } from './standing';

/** How often it is asked who works on what: no event tells it. */
export const WORK_EVERY_MS = 15_000;

/** As many as one page has. */
const PAGE = 200;
/** More than people have in hand at once. */
const MOST_PAGES = 25;

interface WorkQuery {
  readonly queue?: string;
  readonly snoozed?: boolean;
}

/** What people have in hand, by queue and key; nothing where whoever asks may not know it. */
export type KnownWork = ReadonlyMap<string, ItemWork> | undefined;

export const nameOfItem = (queue: string, key: string): string => `${queue} ${key}`;

const pageOf = (api: Api, asked: WorkQuery, cursor: string | null): Promise<PageOf<ItemWork>> =>
  bodyOf(api.GET('/console/work', { params: { query: { ...asked, limit: PAGE, ...(cursor === null ? {} : { cursor }) } } }));

const pagesOf = async (api: Api, asked: WorkQuery): Promise<ReadonlyMap<string, ItemWork>> => {
  const found = new Map<string, ItemWork>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await pageOf(api, asked, cursor);
    for (const item of items) found.set(nameOfItem(item.queue, item.key), item);
    if (next === null) break;
    cursor = next;
  }
  return found;
};

/** Whoever may not know who works on what sees the queues all the same. */
const isForbidden = (fault: unknown): boolean => fault instanceof Refusal && fault.status === 403;

const knownTo = async (api: Api, asked: WorkQuery): Promise<KnownWork | null> => {
  try {
    return await pagesOf(api, asked);
  } catch (fault) {
    if (isForbidden(fault)) return null;
    throw fault;
  }
};

/** What people have in hand of a queue. */
export const workOf = (api: Api, queue: string) =>
  queryOptions({ queryKey: ['work', queue], queryFn: () => knownTo(api, { queue }), refetchInterval: WORK_EVERY_MS });

/** What sleeps in any queue: one request for all that are counted. */
const snoozedWork = (api: Api) => queryOptions({ queryKey: ['work', 'snoozed'], queryFn: () => knownTo(api, { snoozed: true }) });

/** As it stood a moment ago at the latest. */
const FRESH_MS = 1_000;

export const knownWork = async ({ api, client }: Asking, queue: string): Promise<KnownWork> =>
  (await client.fetchQuery({ ...workOf(api, queue), staleTime: FRESH_MS })) ?? undefined;

export const knownSnoozed = async ({ api, client }: Asking): Promise<KnownWork> =>
  (await client.fetchQuery({ ...snoozedWork(api), staleTime: FRESH_MS })) ?? undefined;
