import { titlesBy } from './titles';

const counting = () => {
  const asked: (readonly string[])[] = [];
  const titles = titlesBy((skus) => {
    asked.push(skus);
    return Promise.resolve(new Map(skus.filter((sku) => sku !== 'NONE').map((sku) => [sku, `The ${sku}`])));
  });
  return { asked, titles };
};

describe('titles of SKUs', () => {
  it('are asked for together, each once, and anew when they are wanted again', async () => {
    const { asked, titles } = counting();
    expect(await Promise.all(['A', 'B', 'A', 'NONE'].map(titles))).toEqual(['The A', 'The B', 'The A', null]);
    expect(asked).toEqual([['A', 'B', 'NONE']]);
    expect(await titles('A')).toBe('The A');
    expect(asked).toHaveLength(2);
  });

  it('are asked for as many at once as the service answers', async () => {
    const { asked, titles } = counting();
    await Promise.all(Array.from({ length: 150 }, (_, n) => titles(`S-${n}`)));
    expect(asked.map(({ length }) => length)).toEqual([100, 50]);
  });

  it('are not asked for where no SKU stands', async () => {
    const { asked, titles } = counting();
    expect(await Promise.all(['', ' A', 'x'.repeat(129), 'a\nb'].map(titles))).toEqual([null, null, null, null]);
    expect(asked).toEqual([]);
  });
});
