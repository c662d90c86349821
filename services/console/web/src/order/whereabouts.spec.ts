import { whereaboutsOf } from './whereabouts';

type Line = Parameters<typeof whereaboutsOf>[0];
type Stock = NonNullable<Parameters<typeof whereaboutsOf>[1]>;

const nowhere = { cancelled: 0, reserved: 0, confirmed: 0, allocated: 0, packed: 0, shipped: 0, delivered: 0, returned: 0 };
const line = (progress: Partial<Line['progress']>): Line =>
  ({ lineId: '1', sku: 'MUG', quantity: 5, progress: { ...nowhere, ...progress } }) as unknown as Line;
const stock = (more: Partial<Stock> = {}): Stock => ({ lineId: '1', sku: 'MUG', wanted: 5, reserved: 0, allocated: [], ...more });

describe('where the units of a line are', () => {
  it('nowhere yet', () => expect(whereaboutsOf(line({}), stock())).toEqual([]));

  it('short: how many there are of how many', () => {
    expect(whereaboutsOf(line({}), stock({ short: { requested: 5, available: 2 } }))).toEqual([
      { is: 'short', requested: 5, available: 2 },
    ]);
  });

  it('each unit once, by the furthest it came', () => {
    const progress = { cancelled: 1, reserved: 4, allocated: 4, packed: 4, shipped: 4, delivered: 3, returned: 1 };
    const allocated = [{ location: 'LDN-1', fulfillmentId: 'f', quantity: 4 }];
    expect(whereaboutsOf(line(progress), stock({ allocated }))).toEqual([
      { is: 'shipped', count: 1 },
      { is: 'delivered', count: 2 },
      { is: 'returned', count: 1 },
      { is: 'cancelled', count: 1 },
    ]);
  });

  it('at the locations that ship them, and what is only reserved', () => {
    const allocated = [{ location: 'LDN-1', fulfillmentId: 'f', quantity: 2 }];
    expect(whereaboutsOf(line({ reserved: 5, allocated: 2 }), stock({ allocated }))).toEqual([
      { is: 'reserved', count: 3 },
      { is: 'at', count: 2, location: 'LDN-1' },
    ]);
  });
});
