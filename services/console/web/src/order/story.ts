import { bodyOf, type Api, type Schemas } from '../api/client';

export type Entry = Schemas['TimelineEntry'];

/** An order that has lived longer than so many pages is read on by other means. */
const MOST_PAGES = 25;

/** All that happened to an order, newest first. */
export const wholeStory = async (api: Api, orderId: string): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES && (page === 0 || cursor !== null); page += 1) {
    const query: { readonly limit: number; readonly cursor?: string } = { limit: 200, ...(cursor === null ? {} : { cursor }) };
    const { items, next }: Schemas['TimelineEntryPage'] = await bodyOf(
      api.GET('/orders/{orderId}/timeline', { params: { path: { orderId }, query } }),
    );
    entries.push(...items);
    cursor = next;
  }
  return entries.toReversed();
};
