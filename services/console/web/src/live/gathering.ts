import type { Query, QueryClient } from '@tanstack/react-query';

/** Many things happen at once; what is on the screen is asked for once for all of them. */
const GATHER_MS = 1_000;

/** What a query says of itself whose answer changes with any news, as lists and counts do. */
export const withAnyNews = { changes: 'with any news' } as const;

const isOfMany = ({ meta }: Pick<Query, 'meta'>): boolean => meta?.['changes'] === withAnyNews.changes;

/** Whether news of these orders change what a query answers; nothing: nobody knows of which. */
const isTouched = ({ queryKey: [kind, id] }: Pick<Query, 'queryKey'>, orders: ReadonlySet<string | undefined>): boolean =>
  kind === 'order' && (orders.has(undefined) || orders.has(String(id)));

const isAsked = ({ state }: Pick<Query, 'state'>): boolean => state.fetchStatus === 'fetching';

/**
 * Has what is on the screen asked for again when something happened to an order, or to nobody knows which. What is being asked for just then is asked for again once it was
 * answered: where news come faster than answers, no answer would ever be shown otherwise, and no further page of a list.
 */
export const gathering = (client: QueryClient, gatherMs = GATHER_MS): ((orderId: string | undefined) => void) => {
  const orders = new Set<string | undefined>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hear = (orderId: string | undefined): void => {
    orders.add(orderId);
    timer ??= setTimeout(ask, gatherMs);
  };
  const ask = (): void => {
    timer = undefined;
    const news = new Set(orders);
    orders.clear();
    const touched = client.getQueryCache().findAll({ predicate: (query) => isOfMany(query) || isTouched(query, news) });
    if (touched.some(isAsked)) news.forEach(hear);
    const answered = new Set(touched.filter((query) => !isAsked(query)));
    void client.invalidateQueries({ predicate: (query) => answered.has(query) });
  };
  return hear;
};
