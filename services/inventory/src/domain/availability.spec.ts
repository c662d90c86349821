import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { availabilityChange, publishedOf, touchedBy, type CurrentAvailability, type PublishedAvailability } from './availability';

const asOf = '2026-11-23T09:15:30.000Z';
const mug = (atp: number, locations: Readonly<Record<string, number>> = {}): CurrentAvailability => ({
  ...{ sku: 'MUG', atp },
  locations: Object.entries(locations).map(([location, units]) => ({ location, atp: units })),
});

const nonZero = (units: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(units).filter(([, each]) => each !== 0));

describe('what is told of availability', () => {
  it('is everything, where nothing was told before', () =>
    expect(availabilityChange(mug(3, { B: 1, A: 2 }), undefined, asOf)).toEqual({
      type: 'AvailabilityChanged',
      data: {
        sku: 'MUG',
        atp: 3,
        locations: [
          { location: 'A', atp: 2 },
          { location: 'B', atp: 1 },
        ],
        asOf,
      },
    }));

  it('is nothing, where it is as it was told', () =>
    expect(availabilityChange(mug(3, { A: 3 }), { atp: 3, locations: { A: 3 } }, asOf)).toBeUndefined());

  it('is only the locations that changed; one that sells no more has nothing', () =>
    expect(availabilityChange(mug(3, { A: 1, B: 2 }), { atp: 3, locations: { A: 1, B: 1, C: 1 } }, asOf)).toMatchObject({
      data: {
        atp: 3,
        locations: [
          { location: 'B', atp: 2 },
          { location: 'C', atp: 0 },
        ],
      },
    }));

  it('adds up to what is so: whoever keeps the last number of each location has them all', () => {
    const units = fc.dictionary(fc.constantFrom('A', 'B', 'C'), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -2, max: 3 }), units)), (states) => {
        let published: PublishedAvailability | undefined;
        const kept = { atp: NaN, locations: new Map<string, number>() };
        for (const [atp, at] of states) {
          const event = availabilityChange(mug(atp, at), published, asOf);
          if (event) {
            kept.atp = event.data.atp;
            event.data.locations.forEach(({ location, atp: there }) => kept.locations.set(location, there));
            published = publishedOf(mug(atp, at));
          }
          expect(kept.atp).toBe(atp);
          expect(nonZero(Object.fromEntries(kept.locations))).toEqual(nonZero(at));
        }
      }),
    );
  });
});

describe('what an event touches', () => {
  it.each([
    [
      'a movement: its SKUs',
      { type: 'StockReserved', data: { lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }] } },
      { skus: ['MUG'], all: false },
    ],
    ['a rule of one SKU: that', { type: 'ChannelSafetyStockChanged', data: { sku: 'MUG' } }, { skus: ['MUG'], all: false }],
    ['a rule of a channel: all', { type: 'ChannelSafetyStockChanged', data: {} }, { skus: [], all: true }],
    ['selling locations: all', { type: 'ChannelLocationsChanged', data: {} }, { skus: [], all: true }],
    ['a location: all', { type: 'LocationChanged', data: {} }, { skus: [], all: true }],
    ['an item: that', { type: 'ItemChanged', data: { sku: 'MUG' } }, { skus: ['MUG'], all: false }],
    [
      'a purchase order: what it is to bring, and what not any more',
      { type: 'PurchaseOrderChanged', data: { lines: [{ sku: 'JUG' }], insteadOf: ['MUG'] } },
      { skus: ['JUG', 'MUG'], all: false },
    ],
    ['what it tells itself: nothing', { type: 'AvailabilityChanged', data: { sku: 'MUG' } }, { skus: [], all: false }],
    ['what is no business of the stock: nothing', { type: 'PriceListChanged', data: {} }, { skus: [], all: false }],
  ])('%s', (_, event, touched) => expect(touchedBy(event)).toEqual(touched));

  it.each([
    ['golden', ['StockRecounted', 'StockReceived', 'StockIssued', 'CartReserved']],
    ['supply/golden', ['PurchaseOrderClosed', 'SupplyOverdue']],
    ['catalogue/golden', ['ItemChanged']],
    ['watching/golden', ['ReorderPointChanged', 'AlertThresholdChanged']],
  ])('is read of whatever is stored: %s', (folder, ofSkus) => {
    const files = readdirSync(join(__dirname, folder)).map((file) => file.replace('.v1.json', ''));
    const touched = new Map(
      files.map((type) => {
        const data: unknown = JSON.parse(readFileSync(join(__dirname, folder, `${type}.v1.json`), 'utf8'));
        return [type, touchedBy({ type, data }).skus];
      }),
    );
    for (const type of ofSkus) expect(touched.get(type)).toEqual([expect.any(String)]);
  });
});
