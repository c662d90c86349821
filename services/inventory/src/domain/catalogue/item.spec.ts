import { specFor } from '@cartage/eventsourcing';
import { item, type DescribeItem, type ItemChanged, type ItemProfile } from './item';

const now = '2026-11-23T09:15:30.000Z';
const profile: ItemProfile = {
  title: 'Lantern',
  status: 'active',
  weightGrams: 900,
  customs: { hsCode: '940550', originCountry: 'IN' },
  returnable: true,
};
const kit = [
  { sku: 'LANTERN', quantity: 1, share: 700 },
  { sku: 'CANDLE', quantity: 2, share: 300 },
];
const describeItem = (more: Partial<ItemProfile> = {}, beside: Partial<DescribeItem['data']> = {}): DescribeItem => ({
  type: 'DescribeItem',
  data: { sku: 'GIFT', profile: { ...profile, ...more }, kitsAmongParts: new Set(), now, ...beside },
});
const changed = (revision: number, more: Partial<ItemProfile> = {}): ItemChanged => ({
  type: 'ItemChanged',
  data: { ...profile, ...more, sku: 'GIFT', revision, changedAt: now },
});
const { given } = specFor(item);

describe('an item', () => {
  it('is described once', () => given().when(describeItem()).thenOnce(changed(1)));
  it('is described anew with a new revision', () =>
    given(changed(1))
      .when(describeItem({ title: 'Storm lantern' }))
      .thenOnce(changed(2, { title: 'Storm lantern' })));
  it('stays as it is when nothing is new, whatever the order of its fields', () =>
    given(changed(1))
      .when(describeItem({ customs: { originCountry: 'IN', hsCode: '940550' } }))
      .thenNothing());
  it('can forget what was said before', () =>
    given(changed(1, { hazardCode: 'UN1325' }))
      .when(describeItem())
      .thenOnce(changed(2)));
  it('changes only from the revision that is meant', () =>
    given(changed(1), changed(2, { title: 'B' }))
      .when(describeItem({}, { ifRevision: 1 }))
      .thenRefused('VERSION_MISMATCH'));
});

describe('a kit', () => {
  it('is made of parts', () => given().when(describeItem({ kit })).thenOnce(changed(1, { kit })));
  it('may name parts that nobody has described yet', () =>
    given()
      .when(describeItem({ kit: [{ sku: 'NEW', quantity: 1, share: 1 }] }))
      .thenOnce(changed(1, { kit: [{ sku: 'NEW', quantity: 1, share: 1 }] })));
  it.each([
    ['itself', [{ sku: 'GIFT', quantity: 1, share: 1 }]],
    ['a part twice', [kit[0], kit[0]].flatMap((part) => part ?? [])],
  ])('does not hold %s', (_, parts) =>
    given()
      .when(describeItem({ kit: parts }))
      .thenRefused('KIT_INVALID'),
  );
  it('is not made of kits', () =>
    given()
      .when(describeItem({ kit }, { kitsAmongParts: new Set(['CANDLE']) }))
      .thenRefused('KIT_INVALID'));
  it('is not made of what is a part of a kit', () =>
    given(changed(1))
      .when(describeItem({ kit }, { partOf: 'HAMPER' }))
      .thenRefused('KIT_INVALID'));
});

describe('a barcode', () => {
  const each = { code: '4006381333931', kind: 'gtin', units: 1 } as const;
  const dozen = { code: '14006381333938', kind: 'gtin', units: 12 } as const;
  const holders = new Map([['04006381333931', 'PEN']]);

  it('is printed on the item, and others on its packs', () =>
    given()
      .when(describeItem({ barcodes: [each, dozen] }))
      .thenOnce(changed(1, { barcodes: [each, dozen] })));
  it('may be taken away again', () =>
    given(changed(1, { barcodes: [each] }))
      .when(describeItem())
      .thenOnce(changed(2)));
  it('of another item is refused, in whichever of its forms, with the name of that item', () =>
    given()
      .when(describeItem({ barcodes: [dozen, { ...each, code: '04006381333931' }] }, { holders }))
      .thenRefused('BARCODE_TAKEN'));
  it('names the item that has it, and what to do', () => {
    const refusal = refusalOf(describeItem({ barcodes: [each] }, { holders }));
    expect(refusal).toMatchObject({
      kind: 'conflict',
      errors: [{ field: 'barcodes[0].code', message: expect.stringContaining('item PEN') }],
    });
  });
  it('stands there once, in whichever of its forms', () =>
    given()
      .when(describeItem({ barcodes: [each, { ...each, code: '04006381333931', units: 2 }] }))
      .thenRefused('BARCODE_INVALID'));
  it('has the check digit of its GTIN, unless it is said to be the retailer’s own', () => {
    const wrong = '4006381333932';
    expect(refusalOf(describeItem({ barcodes: [dozen, { ...each, code: wrong }] }))).toMatchObject({
      ...{ code: 'BARCODE_INVALID', kind: 'invalid' },
      errors: [{ field: 'barcodes[1].code', message: expect.stringContaining('4006381333931') }],
    });
    const own = { code: wrong, kind: 'own', units: 1 } as const;
    given()
      .when(describeItem({ barcodes: [own] }))
      .thenOnce(changed(1, { barcodes: [own] }));
  });
  it('that nobody changed is asked nothing of: it stands', () =>
    given(changed(1, { barcodes: [each] }))
      .when(describeItem({ barcodes: [each] }, { holders }))
      .thenNothing());
});

const refusalOf = (command: DescribeItem): unknown => {
  try {
    return item.decide(command, undefined);
  } catch (error) {
    return error;
  }
};
