import fc from 'fast-check';
import { shipmentCharges, type ShipmentCharges } from './charges';
import { dueOf } from './due';
import type { Terms } from './terms';

const line = fc.record({
  lineId: fc.uuid(),
  sku: fc.constantFrom('MUG', 'LAMP', 'PEN'),
  quantity: fc.integer({ min: 1, max: 40 }),
  shipGroupId: fc.constantFrom('A', 'B', 'C'),
  total: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 9_000_000_000_000, max: 900_000_000_000_000 })),
});
const order = fc.record({
  lines: fc.uniqueArray(line, { minLength: 1, maxLength: 6, selector: ({ lineId }) => lineId }),
  deliveries: fc
    .tuple(fc.nat(5_000), fc.nat(5_000), fc.nat(5_000))
    .map((amounts) => ['A', 'B', 'C'].map((shipGroupId, i) => ({ shipGroupId, amount: amounts[i] ?? 0 }))),
});
type Order = Pick<Terms, 'lines' | 'deliveries'>;

/** Deals every unit of an order to one of a few shipments. */
const split = order.chain((terms) => fc.array(fc.nat(3), { minLength: 240, maxLength: 240 }).map((deals) => ({ terms, deals })));
const shipments = ({ terms, deals }: { terms: Order; deals: readonly number[] }) => {
  const units = terms.lines.flatMap(({ lineId, sku, quantity }) => Array.from({ length: quantity }, () => ({ lineId, sku, quantity: 1 })));
  return [0, 1, 2, 3].map((n) => units.filter((_, i) => deals[i] === n)).filter((shipped) => shipped.length > 0);
};
const mugs = (quantity: number) => [{ lineId: '1', sku: 'MUG', quantity }];
const inTurn = (terms: Order, shipped: readonly ReturnType<typeof mugs>[]): readonly ShipmentCharges[] =>
  shipped.reduce<readonly ShipmentCharges[]>((earlier, lines) => [...earlier, shipmentCharges(terms, earlier, lines)], []);

describe('what a shipment is charged', () => {
  it('is 67, 66 and 67 for three units of 200, one at a time', () => {
    const terms = {
      lines: [{ lineId: '1', sku: 'MUG', quantity: 3, total: 200, shipGroupId: 'A' }],
      deliveries: [{ shipGroupId: 'A', amount: 0 }],
    };
    expect(inTurn(terms, [mugs(1), mugs(1), mugs(1)]).map(({ amount }) => amount)).toEqual([67, 66, 67]);
  });

  it('holds the delivery charge in the first one', () => {
    const terms = {
      lines: [{ lineId: '1', sku: 'MUG', quantity: 2, total: 999, shipGroupId: 'A' }],
      deliveries: [{ shipGroupId: 'A', amount: 500 }],
    };
    expect(inTurn(terms, [mugs(1), mugs(1)])).toEqual([
      { lines: [{ lineId: '1', quantity: 1, amount: 500 }], deliveries: [{ shipGroupId: 'A', amount: 500 }], delivery: 500, amount: 1000 },
      { lines: [{ lineId: '1', quantity: 1, amount: 499 }], deliveries: [], delivery: 0, amount: 499 },
    ]);
  });

  it('is nothing for units beyond the order, for lines never sold, and for names of the language', () => {
    const terms = {
      lines: [{ lineId: '1', sku: 'MUG', quantity: 1, total: 700, shipGroupId: 'A' }],
      deliveries: [{ shipGroupId: 'A', amount: 0 }],
    };
    const never = ['9', 'constructor', '__proto__'].map((lineId) => ({ lineId, sku: 'GIFT', quantity: 1 }));
    expect(inTurn(terms, [mugs(4), [...mugs(1), ...never]]).map(({ amount }) => amount)).toEqual([700, 0]);
  });

  it('is exact at the end of the safe integers', () => {
    const terms = {
      lines: [{ lineId: '1', sku: 'MUG', quantity: 1, total: Number.MAX_SAFE_INTEGER, shipGroupId: 'A' }],
      deliveries: [{ shipGroupId: 'A', amount: 0 }],
    };
    expect(inTurn(terms, [mugs(1)])).toMatchObject([{ amount: 9_007_199_254_740_991 }]);
  });

  it('adds up to the order’s total exactly, however it is split over shipments', () =>
    fc.assert(
      fc.property(split, (dealt) => {
        const charges = inTurn(dealt.terms, shipments(dealt));
        const total = dueOf(dealt.terms, new Map());
        expect(charges.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
        expect(charges.every(({ lines }) => lines.every(({ amount }) => amount >= 0))).toBe(true);
      }),
      { numRuns: 100 },
    ));
});
