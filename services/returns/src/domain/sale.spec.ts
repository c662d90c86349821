import type { OrderEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { deliveredOf, type Delivery } from './delivery';
import { saleOf, soldLine } from './sale';
import { anotherPlaceOf, changedSale, editOf, type SaleChange } from './sale-change';

const placed = JSON.parse(readFileSync(join(__dirname, '../../../../libs/contracts/golden/OrderPlaced.v1.json'), 'utf8')) as DataOf<
  OrderEvent,
  'OrderPlaced'
>;

describe('a sale, as returns keep it', () => {
  it('has goods, tax, discount and delivery apart', () =>
    expect(saleOf(placed)).toEqual({
      orderId: placed.orderId,
      channel: placed.channel,
      placedAt: placed.placedAt,
      currency: 'GBP',
      taxIncluded: false,
      policy: 'returns-2026-11',
      lines: [
        {
          lineId: '1',
          sku: '85123A',
          title: 'WHITE HANGING HEART T-LIGHT HOLDER',
          quantity: 2,
          total: 600,
          tax: 100,
          discount: 10,
          finalSale: false,
          shipGroupId: '1',
        },
      ],
      deliveries: [{ shipGroupId: '1', country: 'GB', region: 'England', total: 120, tax: 20 }],
    }));

  it('counts tax once where prices include it', () =>
    expect(saleOf({ ...placed, taxIncluded: true }).deliveries).toMatchObject([{ total: 100, tax: 20 }]));

  it('knows what was delivered digitally, also once it was edited', () => {
    const shipGroups = placed.shipGroups.map((group) => ({ ...group, method: 'digital' }));
    const sold = saleOf({ ...placed, shipGroups });
    expect(sold.lines).toMatchObject([{ digital: true }]);
    const [after] = placed.lines.map(({ quantity, ...line }) => ({ ...line, quantity: quantity + 1 }));
    if (!after) throw new Error('It has a line.');
    const edit = { lines: [{ lineId: '1', after: soldLine(after) }], orderId: placed.orderId, sequence: 2 };
    expect(changedSale(sold, [edit]).lines).toMatchObject([{ digital: true, quantity: 3 }]);
  });

  it('goes where its ship groups go, or nowhere', () => {
    const shipGroups = placed.shipGroups.map(({ destination: _, ...group }) => group);
    const sold = saleOf({ ...placed, shipGroups, policies: {} });
    expect(sold).toMatchObject({ deliveries: [{ shipGroupId: '1' }] });
    expect(sold).not.toHaveProperty('policy');
    expect(saleOf({ ...placed, shipGroups }).deliveries[0]).not.toHaveProperty('country');
  });
});

describe('an order that is edited', () => {
  const sold = saleOf(placed);
  const [line] = placed.lines;
  const [group] = placed.shipGroups;
  if (!line || !group) throw new Error('The sample has no line.');
  const edited = {
    ...{ orderId: placed.orderId, editId: placed.orderId, orderVersion: 2, totalsBefore: placed.totals, totals: placed.totals },
    ...{ reason: { code: 'customer', by: 'customer' }, editedAt: placed.placedAt },
  };
  const after = { ...line, quantity: 1, total: 250, taxLines: [{ name: 'VAT', amount: 42 }], discounts: [] };
  const added = { ...line, lineId: '2', sku: 'CAP', total: 900 };
  const { personal: _, ...asSold } = group;
  const edit: SaleChange = {
    ...editOf({
      ...edited,
      lines: [
        { lineId: '1', before: line, after },
        { lineId: '2', after: added },
      ],
      shipGroups: [{ shipGroupId: '1', before: asSold, after: { ...asSold, charge: 200, taxLines: [{ name: 'VAT', amount: 40 }] } }],
    }),
    sequence: 3,
  };

  it('is refunded at the prices that it was edited to', () => {
    const { lines, deliveries } = changedSale(sold, [edit]);
    expect(lines).toMatchObject([
      { lineId: '1', quantity: 1, total: 250, tax: 42, discount: 0 },
      { lineId: '2', sku: 'CAP', total: 900 },
    ]);
    expect(deliveries).toEqual([{ shipGroupId: '1', country: 'GB', region: 'England', total: 240, tax: 40 }]);
  });

  it('loses what was taken away, and goes where it was sent last, for what that cost', () => {
    const gone: SaleChange = { ...editOf({ ...edited, lines: [{ lineId: '1', before: line }], shipGroups: [] }), sequence: 4 };
    const elsewhere: SaleChange = {
      ...anotherPlaceOf({
        ...{ orderId: placed.orderId, shipGroupId: '1', destination: { country: 'FR' }, personal: placed.personal },
        ...{ reason: edited.reason, changedAt: placed.placedAt },
      }),
      sequence: 5,
    };
    expect(changedSale(sold, [edit, gone, elsewhere])).toMatchObject({
      lines: [{ lineId: '2' }],
      deliveries: [{ shipGroupId: '1', country: 'FR', total: 240, tax: 40 }],
    });
  });

  it('is the same in whatever order the changes are told', () => {
    const again: SaleChange = {
      ...editOf({ ...edited, lines: [{ lineId: '1', before: after, after: line }], shipGroups: [] }),
      sequence: 8,
    };
    fc.assert(
      fc.property(fc.shuffledSubarray([edit, again], { minLength: 2 }), (changes) =>
        expect(changedSale(sold, changes).lines[0]).toEqual(sold.lines[0]),
      ),
    );
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

  it('is not what came back undelivered, in whatever order that is told', () => {
    const delivery = (parcel: string, undone?: true): Delivery => ({
      ...{ orderId: placed.orderId, shipmentId: 's', parcels: [parcel], deliveredAt: '2026-11-24T09:00:00.000Z' },
      lines: undone ? [] : [{ lineId: '1', sku: 'MUG', quantity: 1 }],
      ...(undone ? { undone } : {}),
    });
    const told = [delivery('1'), delivery('2'), delivery('1', true)];
    for (const heard of [told, told.toReversed(), [...told, ...told]])
      expect(deliveredOf(heard)).toMatchObject([{ lineId: '1', quantity: 1 }]);
  });
});
