import type { PageAsked } from '../../tables/Listed';
import type { Asking, Filters, PageOf, QueueKind } from '../queue';
import { knownWork, nameOfItem } from './known-work';
import { isShown, standingOf, whoseIn, type Standing } from './standing';

/** A row of a queue, and how it stands with it. */
export interface Listing<Row> {
  readonly row: Row;
  readonly work: Standing;
}

/** A queue knows nothing of who works on what: so many of its pages are looked through for a page that is narrowed down by it. */
const MOST_PAGES = 25;
const MOST_ROWS = 200;

/** Pages until there is enough to show: half a page, so that one that sleeps does not make another request. */
export const pageWhere = async <Row, Kept>(
  { limit, cursor }: PageAsked,
  ask: (page: PageAsked) => Promise<PageOf<Row>>,
  keep: (row: Row) => readonly Kept[],
): Promise<PageOf<Kept>> => {
  const items: Kept[] = [];
  let at = cursor;
  for (let asked = 0; asked < MOST_PAGES; asked += 1) {
    const page = await ask({ limit, ...(at === undefined ? {} : { cursor: at }) });
    items.push(...page.items.flatMap(keep));
    if (page.next === null || items.length * 2 >= limit) return { items, next: page.next };
    at = page.next;
  }
  return { items, next: at ?? null };
};

/** A page of a queue without what sleeps, or narrowed down to who works on it. */
export const listingOf = async <Row>(
  kind: Pick<QueueKind<Row, unknown>, 'id' | 'ask' | 'itemOf' | 'since'>,
  asking: Asking,
  { work, ...filters }: Filters,
  page: PageAsked,
): Promise<PageOf<Listing<Row>>> => {
  const known = await knownWork(asking, kind.id);
  const whose = known && whoseIn(work);
  const now = Date.now();
  return pageWhere(
    whose === undefined ? page : { ...page, limit: MOST_ROWS },
    (each) => kind.ask(asking.api, filters, each),
    (row) => {
      const standing = standingOf(known?.get(nameOfItem(kind.id, kind.itemOf(row))), kind.since(row), now);
      return isShown(whose, standing) ? [{ row, work: standing }] : [];
    },
  );
};
