import { about, type Fact, type Row, type Table } from '../../domain/table';
import { factPayment } from '../../domain/payment-tables';
import { factOrder, factOrderLine } from '../../domain/order-tables';
import { factStockLevel, factStockMovement } from '../../domain/stock-tables';

/** Facts about a table, whatever columns they name. */
export const fact = (table: Table, row: Row): Fact => about(table, row);

/** An id that is the same for the same number. */
export const idOf = (n: number): string => `0199a3c4-7b1e-7c3d-9f2a-${String(n).padStart(12, '0')}`;

export const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** An order of one line that stands as it was placed: two mugs for £10.01, and £3.00 for their delivery to Britain. */
export const order = (n: number, row: Row = {}, line: Row = {}): readonly Fact[] => [
  fact(factOrder, {
    ...{ order_id: idOf(n), channel_key: 'web', customer_key: 'ada', placed_at: '2026-10-05T12:00:00Z', currency: 'GBP', country: 'GB' },
    ...{ goods: 1_001, discount: 0, shipping: 300, tax: 217, total: 1_301, placed_total: 1_301, imported: false, ...row },
  }),
  orderLine(n, '1', { currency: row['currency'] ?? 'GBP', ...line }),
];

export const orderLine = (n: number, lineId: string, row: Row = {}): Fact =>
  fact(factOrderLine, {
    ...{ order_id: idOf(n), line_id: lineId, ship_group_id: '1', product_key: 'MUG', currency: 'GBP' },
    ...{ placed_units: 2, units: 2, unit_price: 501, discount: 0, tax: 167, total: 1_001, ...row },
  });

export const movement = (n: number, kind: string, units: number, row: Row): Fact =>
  fact(factStockMovement, {
    ...{ event_id: idOf(n), position: 0, kind, product_key: 'MUG', location_key: 'LON', units, set_aside_units: 0, ...row },
  });

export const level = (onHand: number, allocated = 0, row: Row = {}): Fact =>
  fact(factStockLevel, {
    ...{ product_key: 'MUG', location_key: 'LON', revision: 1, on_hand: onHand, allocated, safety_stock: 0 },
    ...{ available: onHand - allocated, changed_at: '2026-10-01T00:00:00Z', ...row },
  });

/** Something that happened to money of the first order. */
export const paid = (n: number, kind: string, amount: number, row: Row = {}): Fact =>
  fact(factPayment, {
    ...{ event_id: idOf(700 + n), kind, order_id: idOf(1), payment_id: idOf(800), currency: 'GBP', amount },
    ...{ happened_at: '2026-10-06T12:00:00Z', ...row },
  });

/** What is given, and what a question then answers. */
export interface Case {
  readonly question: string;
  readonly that: string;
  readonly given: readonly Fact[];
  /** Behind `?`. */
  readonly asked?: string;
  readonly rows: readonly Row[];
}
