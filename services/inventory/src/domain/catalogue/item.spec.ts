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
