import { inTurn } from './in-turn';

const shelves: Readonly<Record<string, readonly number[]>> = { order: [1, 2, 3], returns: [], shipping: [4], stock: [5, 6] };
const names = Object.keys(shelves);

const asked: string[] = [];
const ask = async (source: string, { limit, cursor }: { readonly limit: number; readonly cursor?: string }) => {
  asked.push(`${source} ${limit}`);
  const all = shelves[source] ?? [];
  const from = Number(cursor ?? 0);
  return { items: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : null };
};

const everything = async (limit: number): Promise<readonly (readonly number[])[]> => {
  const pages: (readonly number[])[] = [];
  let cursor: string | undefined;
  do {
    const { items, next }: { readonly items: readonly number[]; readonly next: string | null } = await inTurn(
      names,
      { limit, ...(cursor === undefined ? {} : { cursor }) },
      ask,
    );
    pages.push(items);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return pages;
};

describe('a list of what several sources have', () => {
  it.each([1, 2, 3, 4, 5, 6, 50])('has everything once and in order, %i at a time', async (limit) => {
    const pages = await everything(limit);
    expect(pages.flat()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(pages.filter(({ length }) => length > limit)).toEqual([]);
  });

  it('asks no source for more than a page lacks, and none that it does not need', async () => {
    asked.length = 0;
    await inTurn(names, { limit: 4 }, ask);
    expect(asked).toEqual(['order 4', 'returns 1', 'shipping 1']);
  });

  it('is at its end behind a source that is not there any more', async () =>
    expect(await inTurn(names, { limit: 4, cursor: 'gone|7' }, ask)).toEqual({ items: [], next: null }));
});
