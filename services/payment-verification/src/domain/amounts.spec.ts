import fc from 'fast-check';
import { chargeFor, shareOf, type ShipmentCharge } from './amounts';

const line = fc.record({
  lineId: fc.uuid(),
  sku: fc.constantFrom('MUG', 'LAMP', 'PEN'),
  quantity: fc.integer({ min: 1, max: 40 }),
  total: fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 9_000_000_000_000, max: 900_000_000_000_000 })),
});

const order = fc.record({
  lines: fc.uniqueArray(line, { minLength: 1, maxLength: 6, selector: ({ lineId }) => lineId }),
  shipping: fc.nat(5_000),
});

/** Deals every unit of an order to one of a few shipments. */
const split = order.chain((terms) => fc.array(fc.nat(3), { minLength: 240, maxLength: 240 }).map((deals) => ({ terms, deals })));

const shipments = ({
  terms,
  deals,
}: {
  terms: { lines: readonly { lineId: string; sku: string; quantity: number }[] };
  deals: readonly number[];
}) => {
  const units = terms.lines.flatMap(({ lineId, sku, quantity }) => Array.from({ length: quantity }, () => ({ lineId, sku, quantity: 1 })));
  return [0, 1, 2, 3].map((n) => units.filter((_, i) => deals[i] === n)).filter((shipped) => shipped.length > 0);
};

describe('what a shipment is charged', () => {
  it('gives each unit its share and the last one what is left', () => {
    const mugs = { lineId: '1', sku: 'MUG', quantity: 3, total: 1000 };
    expect([0, 1, 2, 3].map((units) => shareOf(mugs, units))).toEqual([0, 333, 667, 1000]);
  });

  it('puts the delivery charge on the first shipment', () => {
    const terms = { lines: [{ lineId: '1', sku: 'MUG', quantity: 2, total: 999 }], shipping: 500 };
    const first = chargeFor(terms, [], [{ lineId: '1', sku: 'MUG', quantity: 1 }]);
    const second = chargeFor(terms, [first], [{ lineId: '1', sku: 'MUG', quantity: 1 }]);
    expect([first, second]).toEqual([
      { lines: [{ lineId: '1', quantity: 1, amount: 500 }], shipping: 500, amount: 1000 },
      { lines: [{ lineId: '1', quantity: 1, amount: 499 }], shipping: 0, amount: 499 },
    ]);
  });

  it('charges nothing for units beyond the order and for lines never sold', () => {
    const terms = { lines: [{ lineId: '1', sku: 'MUG', quantity: 1, total: 700 }], shipping: 0 };
    const first = chargeFor(terms, [], [{ lineId: '1', sku: 'MUG', quantity: 4 }]);
    const second = chargeFor(
      terms,
      [first],
      [
        { lineId: '1', sku: 'MUG', quantity: 1 },
        { lineId: '9', sku: 'GIFT', quantity: 1 },
      ],
    );
    expect([first.amount, second.amount]).toEqual([700, 0]);
  });

  it('adds up to the order’s total exactly, however it is split over shipments', () => {
    fc.assert(
      fc.property(split, (dealt) => {
        const { terms } = dealt;
        const charges = shipments(dealt).reduce<readonly ShipmentCharge[]>(
          (earlier, shipped) => [...earlier, chargeFor(terms, earlier, shipped)],
          [],
        );
        const total = terms.lines.reduce((sum, each) => sum + each.total, terms.shipping);
        expect(charges.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
        expect(charges.every(({ lines }) => lines.every(({ amount }) => amount >= 0))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps every share within a minor unit of the exact one', () => {
    fc.assert(
      fc.property(
        line.filter(({ total }) => total < 1_000_000),
        fc.nat(40),
        (sold, n) => {
          const units = Math.min(n, sold.quantity);
          expect(Math.abs(shareOf(sold, units) - (sold.total * units) / sold.quantity)).toBeLessThanOrEqual(0.5);
        },
      ),
    );
  });
});
