import type { OrderEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { deliveredOf, saleOf, type Delivery } from './sale';

const placed = JSON.parse(readFileSync(join(__dirname, '../../../../libs/contracts/golden/OrderPlaced.v1.json'), 'utf8')) as DataOf<
  OrderEvent,
  'OrderPlaced'
>;

describe('a sale, as returns keep it', () => {
  it('has goods, tax, discount and delivery apart', () =>
    expect(saleOf(placed)).toEqual({
      orderId: placed.orderId,
      currency: 'GBP',
      policy: 'returns-2026-11',
      lines: [{ lineId: '1', sku: '85123A', quantity: 2, total: 600, tax: 100, discount: 10, finalSale: false, shipGroupId: '1' }],
      deliveries: [{ shipGroupId: '1', country: 'GB', region: 'England', total: 120, tax: 20 }],
    }));

  it('counts tax once where prices include it', () =>
    expect(saleOf({ ...placed, taxIncluded: true }).deliveries).toMatchObject([{ total: 100, tax: 20 }]));

  it('goes where its ship groups go, or nowhere', () => {
    const shipGroups = placed.shipGroups.map(({ destination: _, ...group }) => group);
    expect(saleOf({ ...placed, shipGroups, policies: {} })).toMatchObject({
      policy: 'returns-2026-11',
      deliveries: [{ shipGroupId: '1' }],
    });
    expect(saleOf({ ...placed, shipGroups }).deliveries[0]).not.toHaveProperty('country');
  });
});

describe('what has arrived', () => {
  const delivery = (parcel: string, quantity: number, deliveredAt: string): Delivery => ({
    ...{ orderId: 'o', shipmentId: 's', parcels: [parcel], deliveredAt },
    lines: [{ lineId: '1', sku: 'MUG', quantity }],
  });
  const first = delivery('1', 1, '2026-11-20T10:00:00.000Z');
  const second = delivery('2', 2, '2026-11-22T10:00:00.000Z');

  it('is the same in whatever order, and as often as, it is told', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray([first, second, first, second, first], { minLength: 5 }), (told) =>
        expect(deliveredOf(told)).toEqual([{ lineId: '1', quantity: 3, deliveredAt: second.deliveredAt }]),
      ),
    ));
});
