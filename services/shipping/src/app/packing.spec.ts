import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { faultsOf } from '../domain/boxing/boxing.fixture';
import type { Box, Goods } from '../domain/boxing/goods';
import { ref } from '../domain/shipment.fixture';
import { suggested } from '../domain/boxing/boxing';
import { allocated, placed, setUp } from '../edge/shipping.fixture';

const size = (lengthMm: number, widthMm: number, heightMm: number) => ({ lengthMm, widthMm, heightMm });
const box = (code: string, [l, w, h]: readonly [number, number, number], maxGrams: number): Box => ({
  ...{ code, inner: size(l, w, h), outer: size(l + 6, w + 6, h + 12), tareGrams: 200, maxGrams, padded: true },
});
const medium = box('M', [300, 200, 200], 10_000);

/** A shipment of three mugs and a lamp that waits to be packed, at a location with one kind of box. */
const toPack = async (boxes: readonly Box[] = [medium]) => {
  const parts = setUp();
  const { shipments, registers, meta } = parts;
  await registers.items.record({ sku: 'MUG', title: 'Mug', weightGrams: 300, dimensions: size(100, 100, 100) }, 1);
  await parts.boxes.change(undefined, boxes, meta());
  await shipments.learn(placed);
  await shipments.plan(allocated, meta());
  const lamp = () => registers.items.record({ sku: 'LAMP', title: 'Lamp', weightGrams: 900, dimensions: size(150, 150, 180) }, 1);
  return { ...parts, lamp };
};

describe('packing', () => {
  it('is as suggested where no parcels are named', async () => {
    const { shipments, packing, lamp, meta } = await toPack();
    await lamp();
    const parcel = { box: 'M', weightGrams: 2_000, lengthMm: 306, widthMm: 206, heightMm: 212 };
    expect(await packing.show(ref.shipmentId)).toMatchObject({
      location: 'LEEDS',
      parcels: [{ parcelId: '1', ...parcel, reason: { code: 'holds-all' }, lines: [{ sku: 'LAMP' }, { sku: 'MUG', quantity: 3 }] }],
      unboxed: [],
    });
    const { state } = await shipments.pack(ref.shipmentId, undefined, meta());
    expect(state).toMatchObject({ status: 'packed', parcels: [parcel] });
  });

  it('stays as it is when it is sent again, whatever would be suggested now', async () => {
    const { shipments, boxes, lamp, meta, types } = await toPack();
    await lamp();
    await shipments.pack(ref.shipmentId, undefined, meta());
    await boxes.change(undefined, [box('XXL', [900, 900, 900], 30_000)], meta());
    await shipments.pack(ref.shipmentId, undefined, meta());
    expect((await types()).filter((type) => type === 'ShipmentPacked')).toHaveLength(1);
  });

  it('names what nothing can be suggested for, and what is to be done', async () => {
    const { shipments, packing, meta } = await toPack();
    expect(await packing.show(ref.shipmentId)).toMatchObject({
      parcels: [{ lines: [{ sku: 'MUG', quantity: 3 }] }],
      unboxed: [{ lineId: '2', sku: 'LAMP', quantity: 1, reason: { code: 'weight-unknown' } }],
    });
    await expect(shipments.pack(ref.shipmentId, undefined, meta())).rejects.toMatchObject({
      code: 'PACKING_NOT_SUGGESTED',
      errors: [{ code: 'WEIGHT_UNKNOWN', message: expect.stringContaining('LAMP') }],
    });
  });

  it('goes by the boxes of its location, where it has its own', async () => {
    const { packing, boxes, registers, meta } = await toPack();
    await registers.locations.record({ location: 'LEEDS' }, 1);
    await boxes.change('LEEDS', [box('OWN', [300, 300, 300], 10_000)], meta());
    expect((await packing.show(ref.shipmentId)).parcels).toMatchObject([{ box: 'OWN' }]);
    await boxes.change('LEEDS', [], meta());
    expect((await packing.show(ref.shipmentId)).parcels).toMatchObject([{ box: 'M' }]);
    await expect(boxes.change('NOWHERE', [medium], meta())).rejects.toMatchObject({ code: 'LOCATION_UNKNOWN' });
  });
});

/** Beside the repository, or beside its worktrees. */
const file = ['..', '../..'].map((up) => join(process.cwd(), up, 'shared/data/olist-products.csv.gz')).find((path) => existsSync(path));

/** Every three hundredth of 32,951 real products, as a shop would sell them together. */
const realGoods = (path: string): ReadonlyMap<string, Goods> => {
  const rows = gunzipSync(readFileSync(path)).toString().trim().split('\n').slice(1);
  return new Map(
    rows.flatMap((row, n) => {
      const [id = '', , , , , grams, length, height, width] = row.split(',');
      const edges = [length, width, height].map((cm) => Math.round(Number(cm) * 10));
      if (n % 300 > 0) return [];
      const [l = 0, w = 0, h = 0] = edges;
      return [[id, { ...(l * w * h > 0 ? { size: size(l, w, h) } : {}), weightGrams: Number(grams), fragile: n % 900 === 0 }]];
    }),
  );
};

(file ? describe : describe.skip)('real products (skipped where ../shared/data/olist-products.csv.gz is absent)', () => {
  it('are each boxed once or named, in no box that is too small or too heavy', () => {
    const known = realGoods(file ?? '');
    const boxes = [box('S', [200, 150, 100], 2_000), box('M', [400, 300, 200], 10_000), box('L', [800, 600, 600], 30_000)];
    const skus = [...known.keys()];
    expect(skus.length).toBeGreaterThan(100);
    let unboxable = 0;
    for (let n = 0; n < skus.length; n += 3) {
      const lines = skus.slice(n, n + 3).map((sku, i) => ({ lineId: String(i), sku, quantity: 1 + (n % 4) }));
      const suggestion = suggested(lines, known, boxes);
      expect(faultsOf(lines, suggestion)).toEqual([]);
      unboxable += suggestion.unboxed.length;
    }
    expect(unboxable).toBeLessThan(skus.length / 20);
  });
});
