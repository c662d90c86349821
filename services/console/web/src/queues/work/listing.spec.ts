import type { PageAsked } from '../../tables/Listed';
import { pageWhere } from './listing';

/** Numbers from 0, a page at a time. */
const numbers = (most: number) => {
  const asked: number[] = [];
  const ask = async ({ limit, cursor = '0' }: PageAsked) => {
    const from = Number(cursor);
    asked.push(from);
    const items = Array.from({ length: Math.min(limit, most - from) }, (_, i) => from + i);
    return { items, next: from + limit < most ? String(from + limit) : null };
  };
  return { ask, asked };
};

const every =
  (n: number) =>
  (each: number): readonly number[] =>
    each % n === 0 ? [each] : [];

describe('a page that is narrowed down by what its queue does not know', () => {
  it('is one page of the queue where enough of it is shown', async () => {
    const { ask, asked } = numbers(100);
    expect(await pageWhere({ limit: 10 }, ask, every(2))).toEqual({ items: [0, 2, 4, 6, 8], next: '10' });
    expect(asked).toEqual([0]);
  });

  it('goes on until there is enough, and says where it ended', async () => {
    const { ask, asked } = numbers(1_000);
    expect(await pageWhere({ limit: 10, cursor: '10' }, ask, every(10))).toEqual({ items: [10, 20, 30, 40, 50], next: '60' });
    expect(asked).toHaveLength(5);
  });

  it('has all that there is at the end, and looks through no more than a bound at once', async () => {
    expect(await pageWhere({ limit: 10 }, numbers(35).ask, every(30))).toEqual({ items: [0, 30], next: null });
    const { ask, asked } = numbers(10_000);
    expect(await pageWhere({ limit: 10 }, ask, () => [])).toEqual({ items: [], next: '250' });
    expect(asked).toHaveLength(25);
  });
});
