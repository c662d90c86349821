import fc from 'fast-check';
import { costBook, type CostEntry } from './cost-book';
import { sumOf, type Amounts } from './costing/pool';
import { valuationsOf } from './stock-valued';

const NOTHING = { pools: [], bases: [], suppliers: new Set<string>() };
const at = '2026-11-27T10:00:00.000Z';
const cell = { sku: 'LAMP', location: 'LDN', levels: [] };
let facts = 0;
const fact = (type: string, data: object) => ({ type, data, id: `e-${++facts}`, recordedAt: at });
type Fact = ReturnType<typeof fact>;

const received = (quantity: number, amount: number, currency = 'GBP', sku = 'LAMP') =>
  fact('StockReceived', { ...cell, sku, quantity, cost: { amount, currency } });
const issued = (...quantities: readonly (readonly [sku: string, quantity: number])[]) =>
  fact('StockIssued', {
    ...{ orderId: 'o-1', location: 'LDN', levels: [] },
    lines: quantities.map(([sku, quantity], n) => ({ lineId: String(n + 1), sku, quantity })),
  });
const adjusted = (quantity: number, cause: string) => fact('StockAdjusted', { ...cell, quantity, cause });
const restocked = (quantity: number) => fact('StockRestocked', { ...cell, orderId: 'o-1', quantity, disposition: 'restock' });
const transferred = (direction: string, quantity: number, location: string) =>
  fact('StockTransferred', { ...cell, location, quantity, direction, transferId: 't-1', from: 'LDN', to: 'PAR' });
const stated = (amount: number) =>
  fact('UnitCostStated', { sku: 'LAMP', amount, currency: 'GBP', per: 1, reason: { code: 'opening', by: 'operator' } });

/** What the books are told of a log. */
const toldOf = (log: readonly Fact[]) => {
  const book = costBook(NOTHING);
  for (const each of log) book.enter(each);
  const { entries, pools } = book.changed();
  const of = (id: string): readonly CostEntry[] => entries.filter(({ eventId }) => eventId === id);
  return { pools, told: log.flatMap((each) => valuationsOf(each, of(each.id)).map(({ data }) => data)) };
};
const amounts = (...log: readonly Fact[]) => toldOf(log).told.map(({ kind, cause, amount }) => [kind, cause, amount]);

describe('what the books are told of stock', () => {
  it('is the value of each movement, with its cause, its order and where it was', () => {
    const [came, left] = [received(3, 1_000), issued(['LAMP', 1])];
    expect(toldOf([came, left]).told).toEqual([
      {
        ...{ movementId: came.id, kind: 'received', currency: 'GBP', amount: 1_000, valuedAt: at },
        lines: [{ sku: 'LAMP', location: 'LDN', quantity: 3, amount: 1_000 }],
      },
      {
        ...{ movementId: left.id, kind: 'sold', orderId: 'o-1', currency: 'GBP', amount: -333, valuedAt: at },
        lines: [{ sku: 'LAMP', location: 'LDN', quantity: -1, amount: -333 }],
      },
    ]);
    expect(amounts(received(2, 300), adjusted(-1, 'damage'), restocked(1), stated(200))).toEqual([
      ['received', undefined, 300],
      ['adjusted', 'damage', -150],
      ['returned', undefined, 150],
      ['revalued', undefined, 100],
    ]);
  });

  it('is one fact for each currency, and all lines of a shipment together', () => {
    const { told } = toldOf([received(1, 900), received(1, 700, 'USD'), received(2, 80, 'GBP', 'VASE'), issued(['LAMP', 1], ['VASE', 2])]);
    expect(told.slice(3)).toMatchObject([
      { currency: 'GBP', amount: -530, lines: [{ sku: 'LAMP' }, { sku: 'VASE', quantity: -2, amount: -80 }] },
      { currency: 'USD', amount: -350, lines: [{ sku: 'LAMP', quantity: -1, amount: -350 }] },
    ]);
  });

  it('is nothing where nobody knows what the goods cost, and nothing in all of a transfer', () => {
    expect(amounts(fact('StockReceived', { ...cell, quantity: 5 }), issued(['LAMP', 2]))).toEqual([]);
    const { told } = toldOf([received(4, 401), transferred('out', 3, 'LDN')]);
    expect(told.at(-1)).toMatchObject({
      ...{ kind: 'transferred', amount: 0 },
      lines: [
        { location: 'LDN', quantity: -3, amount: -301 },
        { sku: 'LAMP', quantity: 3, amount: 301 },
      ],
    });
    expect(told.at(-1)?.lines[1]).not.toHaveProperty('location');
  });

  it('adds up to what stock is worth, whatever happens to it', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(5_000), fc.constantFrom('GBP', 'USD')).map((of) => received(...of)),
            fc.integer({ min: 1, max: 9 }).map((quantity) => issued(['LAMP', quantity])),
            fc.integer({ min: -4, max: 4 }).map((quantity) => adjusted(quantity, 'count')),
            fc
              .tuple(fc.constantFrom('out', 'in', 'lost'), fc.integer({ min: 1, max: 4 }))
              .map(([direction, quantity]) => transferred(direction, quantity, direction === 'out' ? 'LDN' : 'PAR')),
            fc.nat(900).map(stated),
          ),
        ),
        (log) => {
          const { told, pools } = toldOf(log);
          const worth = pools.reduce<Amounts>((sum, { amounts: each }) => sumOf(sum, each), {});
          expect(told.reduce<Amounts>((sum, { currency, amount }) => sumOf(sum, { [currency]: amount }), {})).toEqual(worth);
          for (const { amount, lines } of told) expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(amount);
        },
      ),
    ));
});
