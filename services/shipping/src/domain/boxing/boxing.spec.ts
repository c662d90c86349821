import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LineQuantity } from '@cartage/contracts';
import { fold, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { boxes as boxesOfPlace, type BoxEvent } from './boxes';
import { suggested, type SuggestedParcel } from './boxing';
import { above, apart, faultsOf } from './boxing.fixture';
import type { Box, Goods } from './goods';

const size = (lengthMm: number, widthMm: number, heightMm: number) => ({ lengthMm, widthMm, heightMm });
const box = (code: string, inner: Box['inner'], [tareGrams, maxGrams]: readonly [number, number], padded = false): Box => {
  const outer = size(inner.lengthMm + 6, inner.widthMm + 6, inner.heightMm + 10);
  return { code, inner, outer, tareGrams, maxGrams, padded };
};
const small = box('S', size(200, 150, 100), [80, 5_000]);
const large = box('L', size(600, 400, 400), [600, 30_000], true);
const boxes = [large, small];
const line = (lineId: string, sku: string, quantity: number): LineQuantity => ({ lineId, sku, quantity });
const mug: Goods = { size: size(100, 100, 100), weightGrams: 300 };
const mugs = new Map([['MUG', mug]]);
const of = ({ parcels }: { readonly parcels: readonly SuggestedParcel[] }) =>
  parcels.map(({ box: used, lines }) => [used?.code, ...lines.map(({ lineId, quantity }) => `${lineId}×${quantity}`)]);
const whys = (goods: Goods, there: readonly Box[] = boxes) =>
  suggested([line('1', 'X', 2)], new Map([['X', goods]]), there).unboxed.map(({ quantity, reason }) => [quantity, reason]);

describe('a parcel suggestion', () => {
  it('takes the smallest box that holds all of it, and tells its weight with the box, its outer size and how full it is', () => {
    const { parcels, unboxed } = suggested([line('1', 'MUG', 2)], mugs, boxes);
    expect(unboxed).toEqual([]);
    expect(parcels).toMatchObject([
      { box: small, weightGrams: 680, size: small.outer, volumeUsed: 67, reason: 'holds-all', lines: [{ sku: 'MUG', quantity: 2 }] },
    ]);
    expect(of(suggested([line('1', 'MUG', 3)], mugs, boxes))).toEqual([['L', '1×3']]);
  });

  it('takes of two boxes of one size the cheaper one', () => {
    const priced = (code: string, amount: number): Box => ({ ...small, code, cost: { currency: 'GBP', amount } });
    expect(of(suggested([line('1', 'MUG', 1)], mugs, [priced('A', 40), priced('B', 30)]))).toEqual([['B', '1×1']]);
  });

  it('takes several where one does not hold it, by size or by weight', () => {
    const anvil: Goods = { size: size(100, 100, 100), weightGrams: 14_000 };
    const { parcels } = suggested([line('1', 'ANVIL', 3)], new Map([['ANVIL', anvil]]), boxes);
    expect(parcels.map(({ weightGrams, reason }) => [weightGrams, reason])).toEqual([
      [28_600, 'holds-most'],
      [14_600, 'holds-all'],
    ]);
  });

  it('turns about what may be turned, and leaves upright what is fragile, in a padded box', () => {
    const rod = (fragile: boolean): Goods => ({ size: size(100, 100, 550), weightGrams: 100, fragile });
    expect(of(suggested([line('1', 'ROD', 1)], new Map([['ROD', rod(false)]]), boxes))).toEqual([['L', '1×1']]);
    expect(whys(rod(true))).toEqual([[2, 'too-large']]);
    expect(of(suggested([line('1', 'MUG', 1)], new Map([['MUG', { ...mug, fragile: true }]]), boxes))).toEqual([['L', '1×1']]);
    expect(whys({ ...mug, fragile: true }, [small])).toEqual([[2, 'no-padded-box']]);
  });

  it('says of what nothing is suggested for why', () => {
    expect(whys({ weightGrams: 200 })).toEqual([[2, 'size-unknown']]);
    expect(whys({ size: size(1, 1, 1), weightGrams: 0 })).toEqual([[2, 'weight-unknown']]);
    expect(whys(mug, [])).toEqual([[2, 'no-boxes']]);
    expect(whys({ ...mug, weightGrams: 29_500 })).toEqual([[2, 'too-heavy']]);
    expect(suggested([line('1', 'MUG', 20_001)], mugs, boxes).unboxed).toMatchObject([{ quantity: 20_001, reason: 'too-many' }]);
  });

  it('sends each unit of what has its own packing as it is', () => {
    const tv: Goods = { size: size(1_200, 200, 800), weightGrams: 20_000, ownPacking: true };
    const { parcels } = suggested(
      [line('1', 'TV', 2), line('2', 'SACK', 1)],
      new Map([
        ['TV', tv],
        ['SACK', { weightGrams: 9_000, ownPacking: true }],
      ]),
      [],
    );
    expect(parcels.map((parcel) => [parcel.reason, parcel.weightGrams, parcel.size])).toEqual([
      ['own-packing', 20_000, tv.size],
      ['own-packing', 20_000, tv.size],
      ['own-packing', 9_000, undefined],
    ]);
  });

  it('keeps the parts of a kit in one box, unless the kit is measured itself', () => {
    const kit = {
      ...line('1', 'SET', 2),
      parts: [
        { sku: 'MUG', quantity: 3, share: 1 },
        { sku: 'LID', quantity: 1, share: 1 },
      ],
    };
    const known = new Map<string, Goods>([...mugs, ['LID', { size: size(100, 100, 10), weightGrams: 20 }]]);
    const { parcels } = suggested([kit], known, [small, box('M', size(310, 110, 110), [100, 9_000])]);
    expect(parcels.map(({ lines, placed, weightGrams }) => [lines, placed.length, weightGrams])).toEqual([
      [[{ lineId: '1', sku: 'SET', quantity: 1 }], 4, 1_020],
      [[{ lineId: '1', sku: 'SET', quantity: 1 }], 4, 1_020],
    ]);
    expect(suggested([kit], mugs, boxes).unboxed).toMatchObject([{ sku: 'SET', quantity: 2, reason: 'weight-unknown' }]);
    expect(of(suggested([kit], new Map([['SET', mug]]), boxes))).toEqual([['S', '1×2']]);
  });

  it('of 1,500 lines has every unit', () => {
    const goods = new Map<string, Goods>();
    const lines = Array.from({ length: 1_500 }, (_, n) => {
      goods.set(`S${n}`, { size: size(40 + (n % 90), 30 + (n % 70), 20 + (n % 50)), weightGrams: 50 + n, fragile: n % 10 === 0 });
      return line(String(n), `S${n}`, 1);
    });
    const { parcels, unboxed } = suggested(lines, goods, boxes);
    expect(unboxed).toEqual([]);
    expect(new Set(parcels.flatMap((parcel) => parcel.lines.map(({ lineId }) => lineId))).size).toBe(1_500);
  });
});

const inPairs = (parcel: SuggestedParcel, goods: ReadonlyMap<string, Goods>): void => {
  const isFragile = (sku: string): boolean => goods.get(sku)?.fragile === true;
  if (parcel.placed.some(({ sku }) => isFragile(sku))) expect(parcel.box?.padded).toBe(true);
  for (const one of parcel.placed)
    for (const other of parcel.placed) {
      if (one === other) continue;
      expect(apart(one, other)).toBe(true);
      expect(isFragile(one.sku) && above(other, one)).toBe(false);
    }
};

describe('any suggestion', () => {
  const edge = fc.integer({ min: 20, max: 700 });
  const someGoods = fc.record({
    size: fc.record({ lengthMm: edge, widthMm: edge, heightMm: edge }),
    weightGrams: fc.integer({ min: 1, max: 20_000 }),
    fragile: fc.boolean(),
  });
  const orders = fc.array(fc.tuple(someGoods, fc.integer({ min: 1, max: 8 })), { minLength: 1, maxLength: 6 });

  it('has every unit once, no box over its size or weight, no two units in one place, and nothing on what is fragile', () =>
    fc.assert(
      fc.property(orders, (order) => {
        const goods = new Map<string, Goods>(order.map(([known], n) => [`S${n}`, known]));
        const lines = order.map(([, quantity], n) => line(String(n), `S${n}`, quantity));
        const { parcels, unboxed } = suggested(lines, goods, boxes);
        expect(faultsOf(lines, { parcels, unboxed })).toEqual([]);
        for (const parcel of parcels) inPairs(parcel, goods);
        expect(suggested(lines, goods, boxes.toReversed())).toEqual({ parcels, unboxed });
      }),
      { numRuns: 100 },
    ));
});

describe('the boxes of a location', () => {
  const { given } = specFor(boxesOfPlace);
  const now = '2026-11-23T12:00:00.000Z';
  const change = (...said: readonly Box[]) => ({ type: 'ChangeBoxes', data: { location: 'LEEDS', boxes: said, now } }) as const;
  const changed = (...said: readonly Box[]): BoxEvent => ({
    type: 'BoxesChanged',
    data: { location: 'LEEDS', boxes: said, changedAt: now },
  });

  it('are those that were said last, said once', () => {
    given().when(change(small)).thenOnce(changed(small));
    given(changed(small)).when(change(large)).thenOnce(changed(large));
    given(changed(small)).when(change(small)).thenNothing();
    given(changed(small)).when(change()).thenOnce(changed());
  });

  it('are no larger inside than outside, carry something, and have a code of their own', () => {
    given()
      .when(change({ ...small, inner: size(201, 150, 1_000) }))
      .thenRefused('BOX_INVALID');
    given()
      .when(change({ ...small, maxGrams: 80 }))
      .thenRefused('BOX_INVALID');
    given().when(change(small, small)).thenRefused('BOX_INVALID');
  });

  it('fold for ever', () => {
    const folder = join(__dirname, 'golden');
    expect(readdirSync(folder)).toEqual(['BoxesChanged.v1.json']);
    const data = JSON.parse(readFileSync(join(folder, 'BoxesChanged.v1.json'), 'utf8')) as BoxEvent['data'];
    expect(fold(boxesOfPlace, [{ type: 'BoxesChanged', data }])).toMatchObject([{ code: 'M', padded: true }]);
  });
});
