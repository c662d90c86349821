import { Refused } from '@cartage/eventsourcing';
import { RequestPipe } from '../input/request-pipe';
import { cursorOf, PageQuery, pageOf, readCursor } from './page';

const rows = [1, 2, 3].map((n) => ({ id: `o-${n}`, placedAt: `2026-01-0${n}` }));
const keyOf = ({ id, placedAt }: (typeof rows)[number]): readonly string[] => [placedAt, id];

describe('a page of a list', () => {
  it('ends with a cursor at its last item when more follow', () => {
    const page = pageOf(rows, { limit: 2 }, keyOf);

    expect(page.items).toEqual(rows.slice(0, 2));
    expect(readCursor(page.next ?? '', 'text', 'text')).toEqual(['2026-01-02', 'o-2']);
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

const id = '0199a3c4-7b1e-7c3d-9f2a-000000000001';
const refused = expect.objectContaining({ constructor: Refused, code: 'CURSOR_INVALID', kind: 'invalid' }) as Error;

describe('a cursor', () => {
  it('keeps counts, texts in any script, numbers that no number holds, ids and times to the microsecond', () =>
    expect(
      readCursor(
        cursorOf([12, 'naïve 漢字', '999999999999999999', id, '2026-11-23T10:00:00.123456Z']),
        ...(['count', 'text', 'digits', 'uuid', 'instant'] as const),
      ),
    ).toEqual([12, 'naïve 漢字', '999999999999999999', id, '2026-11-23T10:00:00.123456Z']));

  it('is absent on the first page', () => expect(readCursor(undefined, 'instant', 'uuid')).toBeUndefined());

  it.each([
    ['of another list', cursorOf(['a'])],
    ['that is no JSON', 'bm90IGpzb24'],
    ['that is no list', Buffer.from('{"a":1}').toString('base64url')],
    ['with something to inject', Buffer.from('[{"a":1},2]').toString('base64url')],
  ])('%s is refused by name', (_, cursor) => expect(() => readCursor(cursor, 'text', 'text')).toThrow(refused));

  it.each([
    ['text', 7],
    ['text', 'nul\u0000'],
    ['instant', 'x'],
    ['instant', '2026-11-23T10:00:00'],
    ['instant', '2026-11-23T10:00:00+23:59'],
    ['instant', '0000-01-01T00:00:00Z'],
    ['instant', '2026-02-31T00:00:00Z'],
    ['uuid', `${id}'`],
    ['digits', '-1'],
    ['digits', '9'.repeat(19)],
    ['count', -1],
    ['count', 1e99],
    ['count', '3'],
  ] as const)('that holds no %s is refused: %j', (kind, value) => expect(() => readCursor(cursorOf([value]), kind)).toThrow(refused));
});

describe('the query of a list', () => {
  const taken = async (query: object): Promise<unknown> => new RequestPipe().transform(query, { type: 'query', metatype: PageQuery });

  it('takes a position as it was answered, and nothing where it says nothing', async () => {
    expect(await taken({ minPosition: '0000000000000042' })).toMatchObject({ minPosition: '0000000000000042' });
    expect(await taken({ minPosition: ' ' })).not.toHaveProperty('minPosition', ' ');
  });

  it.each(['42', 'zzzz', '000000000000004x', '00000000000000042'])(
    'refuses what no log ever answered, and waits for none of it: %s',
    (minPosition) => expect(taken({ minPosition })).rejects.toMatchObject({ errors: [{ field: 'minPosition', code: 'POSITION_INVALID' }] }),
  );
});
