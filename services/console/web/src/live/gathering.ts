import type { Query, QueryClient } from '@tanstack/react-query';

/** Many things happen at once; what is on the screen is asked for once for all of them. */
const GATHER_MS = 1_000;

/** What others are told of, by who tells it: the topics of events. */
export const topics = [
  'order.events',
  'inventory.events',
  'payment.events',
  'fulfillment.events',
  'shipping.events',
  'return.events',
  'notification.events',
] as const;
export type Topic = (typeof topics)[number];

/** Something happened: to this order, and of this topic. What is not said nobody knows. */
export interface News {
  readonly orderId?: string;
  readonly topic?: string;
}

/** What a query says of itself whose answer changes with any news, as lists and counts do. */
export const withAnyNews = { changes: 'with any news' } as const;

/** The same where only events of these topics can change it. However much happens, it is asked for no more often than that. */
export const withNewsOf = (topics: readonly Topic[], atMostEveryMs: number) => ({ ...withAnyNews, topics, atMostEveryMs });

type Meta = Partial<ReturnType<typeof withNewsOf>>;
const metaOf = ({ meta = {} }: Pick<Query, 'meta'>): Meta => meta;

const isOf = ({ topics }: Meta, { topic }: News): boolean => !topics || topic === undefined || topics.some((each) => each === topic);

/** Whether news change what a query answers. */
const isTouched = (query: Pick<Query, 'queryKey' | 'meta'>, news: readonly News[]): boolean => {
  const [kind, id] = query.queryKey;
  const meta = metaOf(query);
  if (meta.changes === withAnyNews.changes && news.some((each) => isOf(meta, each))) return true;
  return kind === 'order' && news.some(({ orderId }) => orderId === undefined || orderId === String(id));
};

/** Whether it is to be left alone for now: it is being asked for, or was answered only just. */
const isTooSoon = (query: Query): boolean => {
  const { fetchStatus, dataUpdatedAt, errorUpdatedAt } = query.state;
  const answeredMs = Date.now() - Math.max(dataUpdatedAt, errorUpdatedAt);
  return fetchStatus === 'fetching' || (query.isActive() && answeredMs < (metaOf(query).atMostEveryMs ?? 0));
};

const nameOf = ({ orderId, topic }: News): string => JSON.stringify([orderId, topic]);

/**
 * Has what is on the screen asked for again when something happened that can change it. What is being asked for just then is asked for again once it was answered: where news come
 * faster than answers, no answer would ever be shown otherwise, and no further page of a list.
 */
export const gathering = (client: QueryClient, gatherMs = GATHER_MS): ((news: News) => void) => {
  const heard = new Map<string, News>();
  /** What was touched, and could not be asked for yet. */
  const due = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    timer ??= setTimeout(ask, gatherMs);
  };
  const ask = (): void => {
    timer = undefined;
    const news = [...heard.values()];
    heard.clear();
    const touched = client.getQueryCache().findAll({ predicate: (query) => due.has(query.queryHash) || isTouched(query, news) });
    due.clear();
    const later = new Set(touched.filter(isTooSoon));
    for (const { queryHash } of later) due.add(queryHash);
    if (due.size > 0) wait();
    const now = new Set(touched.filter((query) => !later.has(query)));
    void client.invalidateQueries({ predicate: (query) => now.has(query) });
  };
  return (news) => {
    heard.set(nameOf(news), news);
    wait();
  };
};
