import { Refused } from '@cartage/eventsourcing';
import { cursorOf, pageOf, readCursor } from './page';

const rows = [1, 2, 3].map((n) => ({ id: `o-${n}`, placedAt: `2026-01-0${n}` }));
const keyOf = ({ id, placedAt }: (typeof rows)[number]): readonly string[] => [placedAt, id];

describe('a page of a list', () => {
  it('ends with a cursor at its last item when more follow', () => {
    const page = pageOf(rows, { limit: 2 }, keyOf);

    expect(page.items).toEqual(rows.slice(0, 2));
    expect(readCursor(page.next ?? '', 2)).toEqual(['2026-01-02', 'o-2']);
  });

  it.each([3, 4])('is the last one when %d or more were asked and 3 are there', (limit) =>
    expect(pageOf(rows, { limit }, keyOf)).toEqual({ items: rows, next: null }),
  );

  it('is empty for an empty list', () => expect(pageOf([], {}, () => [])).toEqual({ items: [], next: null }));

  it('takes 50 items when nobody says how many', () =>
    expect(
      pageOf(
        Array.from({ length: 51 }, (_, n) => n),
        {},
        (n) => [n],
      ).items,
    ).toHaveLength(50));
});

describe('a cursor', () => {
  it('keeps numbers, texts in any script, truths and nulls', () =>
    expect(readCursor(cursorOf([12, 'naïve 漢字', true, null]), 4)).toEqual([12, 'naïve 漢字', true, null]));

  it('is absent on the first page', () => expect(readCursor(undefined, 2)).toBeUndefined());

  it.each([
    ['of another list', cursorOf(['a'])],
    ['that is no JSON', 'bm90IGpzb24'],
    ['that is no list', Buffer.from('{"a":1}').toString('base64url')],
    ['with something to inject', Buffer.from('[{"a":1},2]').toString('base64url')],
  ])('%s is refused by name', (_, cursor) =>
    expect(() => readCursor(cursor, 2)).toThrow(expect.objectContaining({ constructor: Refused, code: 'CURSOR_INVALID', kind: 'invalid' })),
  );
});
