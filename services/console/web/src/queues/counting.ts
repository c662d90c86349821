import { bodyOf, type Schemas } from '../api/client';
import type { Asking, Counted, Filters, PageOf, QueueKind } from './queue';
import { knownSnoozed, nameOfItem, type KnownWork } from './work/known-work';
import { standingOf } from './work/standing';

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

/** So many pages are looked through for what sleeps. */
const PAGES = 5;

/** As much of a list as is looked through; whether it is all of it. */
const rowsOf = async <Row>({ ask }: Pick<QueueKind<Row, unknown>, 'ask'>, { api }: Asking, filters: Filters) => {
  const rows: Row[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const found: PageOf<Row> = await ask(api, filters, { limit: MOST, ...(cursor === null ? {} : { cursor }) });
    rows.push(...found.items);
    cursor = found.next;
    if (cursor === null) break;
  }
  return { rows, isWhole: cursor === null };
};

/** Without what sleeps: exactly, if the list is short enough to be looked through; else what sleeps farther behind is counted. */
const countAwake = async <Row>(
  kind: Pick<QueueKind<Row, unknown>, 'id' | 'ask' | 'itemOf' | 'since'>,
  asking: Asking,
  { filters, known, counted }: { readonly filters: Filters; readonly known: NonNullable<KnownWork>; readonly counted: Counted | undefined },
): Promise<Counted> => {
  const { rows, isWhole } = await rowsOf(kind, asking, filters);
  const now = Date.now();
  const isAwake = (row: Row): boolean =>
    standingOf(known.get(nameOfItem(kind.id, kind.itemOf(row))), kind.since(row), now).asleepUntil === null;
  const awake = rows.filter(isAwake);
  if (counted && !isWhole) return { ...counted, count: Math.max(0, counted.count - (rows.length - awake.length)) };
  return countedIn({ items: awake, next: isWhole ? null : 'more' }, kind);
};

/** What sleeps in this queue, if anything does. */
const sleepingIn = async (queue: string, asking: Asking): Promise<KnownWork> => {
  const known = await knownSnoozed(asking);
  return known && [...known.values()].some((each) => each.queue === queue) ? known : undefined;
};

/** How many wait in a queue, and do not sleep. */
export const countOf = async <Row, Whole>(kind: QueueKind<Row, Whole>, asking: Asking, filters: Filters = {}): Promise<Counted> => {
  const known = await sleepingIn(kind.id, asking);
  const counted = await kind.count?.(asking, filters);
  if (counted && (!known || counted.count === 0)) return counted;
  if (known) return countAwake(kind, asking, { filters, known, counted });
  return countedIn(await kind.ask(asking.api, filters, { limit: MOST }), kind);
};

export type OrderCounts = Schemas['OrderCounts'];

/** All queues of orders, and Home, are counted by one request. */
export const orderCounts = ({ api, client }: Asking): Promise<OrderCounts> =>
  client.fetchQuery({ queryKey: ['counts'], queryFn: () => bodyOf(api.GET('/orders/counts')), staleTime: 1_000 });

/** Of orders that stand still, or of those that a type of hold keeps. */
export const heldIn = ({ upTo, statuses, holds }: OrderCounts, type?: string): Counted => {
  const counted = type === undefined ? statuses.find(({ status }) => status === 'on-hold') : holds.find((each) => each.type === type);
  return { count: counted?.orders ?? 0, upTo, oldest: counted?.oldest ?? null };
};
