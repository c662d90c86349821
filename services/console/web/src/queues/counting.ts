import { bodyOf, type Schemas } from '../api/client';
import type { Asking, Counted, PageOf, QueueKind } from './queue';

/** As many as a list gives at once: who has more of them does not count them one by one. */
const MOST = 200;

const earliest = (times: readonly string[]): string | null => times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;

/** What the first page of a list tells of all of it. */
export const countedIn = <Row>(
  { items, next }: PageOf<Row>,
  { since, isOldestFirst = false }: Pick<QueueKind<Row, unknown>, 'since' | 'isOldestFirst'>,
): Counted => ({
  count: items.length,
  upTo: next === null ? Infinity : items.length,
  oldest: next === null || isOldestFirst ? earliest(items.map(since)) : null,
});

/** How many wait in a queue. */
export const countOf = async <Row, Whole>(kind: QueueKind<Row, Whole>, asking: Asking): Promise<Counted> =>
  kind.count ? kind.count(asking) : countedIn(await kind.ask(asking.api, {}, { limit: MOST }), kind);

export type OrderCounts = Schemas['OrderCounts'];

/** All queues of orders, and Home, are counted by one request. */
export const orderCounts = ({ api, client }: Asking): Promise<OrderCounts> =>
  client.fetchQuery({ queryKey: ['counts'], queryFn: () => bodyOf(api.GET('/orders/counts')), staleTime: 1_000 });

/** Of orders that stand still, or of those that a type of hold keeps. */
export const heldIn = ({ upTo, statuses, holds }: OrderCounts, type?: string): Counted => {
  const counted = type === undefined ? statuses.find(({ status }) => status === 'on-hold') : holds.find((each) => each.type === type);
  return { count: counted?.orders ?? 0, upTo, oldest: counted?.oldest ?? null };
};
