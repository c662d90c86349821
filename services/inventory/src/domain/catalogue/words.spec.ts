import fc from 'fast-check';
import { findableWords, soughtIn } from './words';

/** What the database does with them. */
const isFound = (item: { readonly sku: string; readonly title: string }, typed: string): boolean => {
  const begins = (text: string): boolean => findableWords(item).some((word) => word.startsWith(text));
  const sought = soughtIn(typed);
  return sought !== undefined && (begins(sought.sku) || (sought.words.length > 0 && sought.words.every(begins)));
};

describe('an item', () => {
  it.each([
    ['Blue mug, large', 'mug blue'],
    ['Blue mug, large', 'LAR'],
    ['Blue mug, large', 'mug-bl-l'],
    ['Blue mug, large', 'Mug-B'],
    ['Blue mug, large', 'mug,blue mug-bl-l'],
    ['Blue T-shirt', 't-shirt blue'],
    ['Blue T-shirt', 'shirt'],
    ['Blue/green mug', 'green / blue'],
    ['Große Löffel', 'grosse loffel'],
    ['Große Löffel', 'LÖFFEL'],
    ['Crème brûlée', 'creme brulee'],
    ['كُوب أزرق كبير', 'كوب ازرق'],
    ['青いマグカップ大', 'マグ'],
    ['蓝色马克杯', '马克杯'],
    ['แก้วสีน้ำเงิน', 'สีน้ำ'],
    ['파란 머그컵', '머그'],
    ['ΜΟΥΣΑΣ', 'μουσας'],
    ['Синяя кружка', 'КРУЖ'],
    ['नीला मग', 'नीला'],
    [`${'x'.repeat(60)}`, 'x'.repeat(60)],
  ])('with the title %j is found by %j', (title, typed) => expect(isFound({ sku: 'MUG-BL-L', title }, typed)).toBe(true));

  it.each([
    ['Blue mug, large', 'blue cup'],
    ['Blue mug, large', 'ug'],
    ['Blue mug, large', ' '],
    ['Blue mug, large', '\u0301'],
    ['नीला मग', 'नील्'],
  ])('with the title %j is not found by %j', (title, typed) => expect(isFound({ sku: 'MUG-BL-L', title }, typed)).toBe(false));

  it('is found by its SKU whatever is in it, and has words that fit into an index', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), fc.string({ unit: 'binary', maxLength: 300 }), (written, title) => {
        const sku = written.trim();
        expect(isFound({ sku, title }, sku)).toBe(soughtIn(sku) !== undefined);
        for (const word of findableWords({ sku, title })) {
          expect(word).not.toBe('');
          expect(Buffer.byteLength(word)).toBeLessThan(2_047);
        }
      }),
    ));
});
