import type { EventStore, StoredEvent } from '@cartage/eventsourcing';
import { tableOf, type Sql } from '@cartage/views';
import { goodsOfOrder, type StockValue } from '../domain/goods/stock-value';
import { stockValueMovement } from './views/stock-value-movement';

/** Where what goods of an order cost is shown otherwise than the log says, in one currency. */
export interface GoodsDrift {
  readonly orderId: string;
  readonly currency: string;
  readonly shown: number;
  readonly recomputed: number;
}

export interface GoodsVerified {
  /** Orders whose view had not yet shown everything. */
  readonly behind: readonly string[];
  readonly drifts: readonly GoodsDrift[];
}

interface Shown {
  readonly orderId: string;
  readonly version: number;
  readonly currency: string;
  readonly amount: number;
}

const shownOf = async (sql: Sql, orderIds: readonly string[]): Promise<readonly Shown[]> => {
  const text = `select json_build_object('orderId', order_id, 'currency', currency, 'amount', sum(amount), 'version', max(version)) as row
    from ${tableOf(stockValueMovement)} where order_id = any($1::uuid[]) group by order_id, currency`;
  return (await sql.query<{ row: Shown }>(text, [orderIds])).rows.map(({ row }) => row);
};

const sumsOf = (values: readonly Pick<StockValue, 'currency' | 'amount'>[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { currency, amount } of values) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return sums;
};

const compared = (orderId: string, rows: readonly Shown[], events: readonly StoredEvent[]): GoodsVerified => {
  const reached = Math.max(0, ...rows.map(({ version }) => version));
  if (reached < (events.at(-1)?.version ?? 0)) return { behind: [orderId], drifts: [] };
  const [shown, recomputed] = [sumsOf(rows), sumsOf(events.map(({ data }) => data as StockValue))];
  const currencies = [...new Set([...shown.keys(), ...recomputed.keys()])].toSorted();
  const drifts = currencies.map((currency) => ({
    ...{ orderId, currency, shown: shown.get(currency) ?? 0, recomputed: recomputed.get(currency) ?? 0 },
  }));
  return { behind: [], drifts: drifts.filter((drift) => drift.shown !== drift.recomputed) };
};

/** What the goods of orders cost: the view against the log. */
export const verifiedGoods = async (
  sql: Sql,
  { readMany }: Pick<EventStore, 'readMany'>,
  orderIds: readonly string[],
): Promise<GoodsVerified> => {
  const [rows, streams] = [await shownOf(sql, orderIds), await readMany(orderIds.map(goodsOfOrder))];
  const each = orderIds.map((orderId, i) =>
    compared(
      orderId,
      rows.filter((row) => row.orderId === orderId),
      streams[i]?.events ?? [],
    ),
  );
  return { behind: each.flatMap(({ behind }) => behind), drifts: each.flatMap(({ drifts }) => drifts) };
};
