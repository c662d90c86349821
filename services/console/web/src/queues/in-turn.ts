import type { PageAsked } from '../tables/Listed';
import type { PageOf } from './queue';

/** Behind it stands the cursor that the source itself gave. */
const BETWEEN = '|';

const placeOf = (sources: readonly string[], cursor: string | undefined): { readonly at: number; readonly own?: string } => {
  if (cursor === undefined) return { at: 0 };
  const [source = '', own = ''] = cursor.split(BETWEEN, 2);
  const at = sources.indexOf(source);
  return { at: at < 0 ? sources.length : at, ...(own === '' ? {} : { own }) };
};

/** A list of what several sources have, one source after the other: a page is filled from as many of them as it needs. Cursors name the source. */
export const inTurn = async <Row>(
  sources: readonly string[],
  { limit, cursor }: PageAsked,
  ask: (source: string, page: PageAsked) => Promise<PageOf<Row>>,
): Promise<PageOf<Row>> => {
  const items: Row[] = [];
  let { at, own } = placeOf(sources, cursor);
  for (; at < sources.length; at += 1, own = undefined) {
    const source = sources[at] ?? '';
    if (items.length >= limit) return { items, next: `${source}${BETWEEN}` };
    const page = await ask(source, { limit: limit - items.length, ...(own === undefined ? {} : { cursor: own }) });
    items.push(...page.items);
    if (page.next !== null) return { items, next: `${source}${BETWEEN}${page.next}` };
  }
  return { items, next: null };
};
