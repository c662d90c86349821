import { specFor } from '@cartage/eventsourcing';
import { watch, type WatchCommand, type WatchEvent } from './watch';

const { given } = specFor(watch);
const now = '2026-11-23T09:15:30.000Z';
const at = { sku: 'MUG', location: 'LDN' };
const point = (reorderPoint: number, orderUpTo: number): WatchCommand => ({
  type: 'SetReorderPoint',
  data: { ...at, reorderPoint, orderUpTo, now },
});
const set: WatchEvent = { type: 'ReorderPointChanged', data: { ...at, reorderPoint: 5, orderUpTo: 20, changedAt: now } };
const below = (atpBelow?: number): WatchCommand => ({
  type: 'SetAlertThreshold',
  data: { sku: 'MUG', ...(atpBelow === undefined ? {} : { atpBelow }), now },
});

describe('what is watched of a SKU', () => {
  it('has a reorder point for each location, said once', () => given().when(point(5, 20)).thenOnce(set));
  it('is watched no more where nothing is said', () =>
    given(set)
      .when({ type: 'SetReorderPoint', data: { ...at, now } })
      .thenOnce({ type: 'ReorderPointChanged', data: { ...at, changedAt: now } }));
  it('orders up to more than the point', () => given().when(point(5, 5)).thenRefused('REORDER_POINT_INVALID'));
  it('has both numbers or none', () =>
    given()
      .when({ type: 'SetReorderPoint', data: { ...at, reorderPoint: 5, now } })
      .thenRefused('REORDER_POINT_INVALID'));
  it('has a number that is enough, said once, and none again', () => {
    given()
      .when(below(3))
      .thenOnce({ type: 'AlertThresholdChanged', data: { sku: 'MUG', atpBelow: 3, changedAt: now } });
    given({ type: 'AlertThresholdChanged', data: { sku: 'MUG', atpBelow: 3, changedAt: now } })
      .when(below())
      .thenOnce({ type: 'AlertThresholdChanged', data: { sku: 'MUG', changedAt: now } });
  });
});
