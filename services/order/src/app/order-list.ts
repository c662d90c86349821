import type { PaymentMethod, Priority } from '@cartage/contracts';
import type { Position } from '@cartage/eventsourcing';
import { tableOf, type AnyView, type Sql } from '@cartage/views';
import type { OrderStatus } from '../domain/state';
import { orderLine } from './views/order-line';
import { orderSummary } from './views/order-summary';

/** Filters of the list; all that are given apply. `after` is the place of the last order of the page before. */
export interface OrderFilter {
  readonly status?: string | undefined;
  readonly channel?: string | undefined;
  readonly customerId?: string | undefined;
  /** The channel’s own number, in whichever channels it is one. */
  readonly externalOrderId?: string | undefined;
  /** These only. */
  readonly orderIds?: readonly string[] | undefined;
  readonly sku?: string | undefined;
  /** That ships the order, or a part of it. */
  readonly location?: string | undefined;
  /** Type of a hold that stands. */
  readonly hold?: string | undefined;
  readonly priority?: string | undefined;
  /** With something said to whoever packs it, or a line that is made or treated otherwise than usual. */
  readonly special?: boolean | undefined;
  /** Dates that the customer was promised: missed, or about to be. */
  readonly late?: boolean | undefined;
  readonly atRisk?: boolean | undefined;
  readonly placedFrom?: string | undefined;
  readonly placedBefore?: string | undefined;
  readonly after?: { readonly placedAt: string; readonly orderId: string } | undefined;
  /** Rows to read. */
  readonly limit: number;
}

export interface ListedOrder {
  readonly orderId: string;
  readonly channel: string;
  readonly externalOrderId: string | null;
  readonly customerId: string | null;
  readonly status: OrderStatus;
  readonly holds: readonly string[];
  readonly heldSince: readonly string[];
  readonly late: boolean;
  readonly atRisk: boolean;
  readonly placedAt: string;
  readonly currency: string;
  readonly total: number;
  readonly lineCount: number;
  readonly unitCount: number;
  readonly paymentMethod: PaymentMethod | null;
  readonly priority: Priority;
  readonly special: boolean;
  readonly country: string | null;
}

/** As the view has it. */
export interface ListedRow {
  readonly order_id: string;
  readonly channel: string;
  readonly external_order_id: string | null;
  readonly customer_id: string | null;
  readonly status: OrderStatus;
  readonly holds: readonly string[];
  readonly held_since: readonly string[];
  readonly late: boolean;
  readonly at_risk: boolean;
  readonly placed_at: Date;
  readonly currency: string;
  readonly total_amount: string;
  readonly line_count: number;
  readonly unit_count: string;
  readonly payment_method: PaymentMethod | null;
  readonly priority: Priority;
  readonly special: boolean;
  readonly country: string | null;
}

export const listedColumns = `s.order_id, s.channel, s.external_order_id, s.customer_id, s.status, s.holds, s.held_since, s.late, s.at_risk, s.placed_at, s.currency, s.total_amount,
  s.line_count, s.unit_count, s.payment_method, s.priority, s.special, s.country`;

/** As it is read: numbers of channels name orders by their ids. */
export type ReadFilter = Omit<OrderFilter, 'externalOrderId'>;

type Condition = readonly [text: string, ...values: readonly unknown[]];

/** As the index of those that are so has it. */
const flagged = (column: string, value: boolean | undefined): readonly Condition[] =>
  value === undefined ? [] : [[value ? column : `not ${column}`]];

const conditionsOf = (filter: ReadFilter, from: 's' | 'l'): readonly Condition[] => {
  const { status, channel, customerId, orderIds, sku, location, hold, priority, special, late, atRisk, placedFrom, placedBefore, after } =
    filter;
  const given = (text: string, value: unknown): readonly Condition[] => (value === undefined ? [] : [[text, value]]);
  return [
    ...given('l.first_of_sku and l.sku = ?', sku),
    ...given(`exists (select 1 from ${tableOf(orderLine)} part where part.order_id = s.order_id and part.location = ?)`, location),
    ...given('s.status = ?', status),
    ...given('s.channel = ?', channel),
    ...given('s.customer_id = ?', customerId),
    ...given('s.order_id = any(?::uuid[])', orderIds),
    ...given(`s.status = 'on-hold' and s.holds @> to_jsonb(?::text)`, hold),
    ...given('s.priority = ?', priority),
    ...flagged('s.special', special),
    ...flagged('s.late', late),
    ...flagged('s.at_risk', atRisk),
    ...given(`${from}.placed_at >= ?`, placedFrom),
    ...given(`${from}.placed_at < ?`, placedBefore),
    ...(after ? [[`(${from}.placed_at, ${from}.order_id) < (?, ?)`, after.placedAt, after.orderId] as const] : []),
  ];
};

/**
 * Newest first. A search by SKU walks the lines of that SKU, which carry the order's time, in the same order: nothing is sorted, and an
 * order's changes of status touch no index of its SKUs, as an array of SKUs in the summary would make them.
 */
export const statementOf = (filter: ReadFilter): { readonly text: string; readonly values: readonly unknown[] } => {
  const from = filter.sku === undefined ? 's' : 'l';
  const summaries = `${tableOf(orderSummary)} s`;
  const source = from === 's' ? summaries : `${tableOf(orderLine)} l join ${summaries} on s.order_id = l.order_id`;
  const values: unknown[] = [];
  const numbered = ([text, ...given]: Condition): string => {
    let next = 0;
    return text.replaceAll('?', () => `$${values.push(given[next++])}`);
  };
  const conditions = conditionsOf(filter, from).map(numbered);
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const limit = `limit $${values.push(filter.limit)}`;
  return {
    text: `select ${listedColumns} from ${source} ${where} order by ${from}.placed_at desc, ${from}.order_id desc ${limit}`,
    values,
  };
};

export const listedOrder = (row: ListedRow): ListedOrder => ({
  orderId: row.order_id,
  channel: row.channel,
  externalOrderId: row.external_order_id,
  customerId: row.customer_id,
  status: row.status,
  holds: row.holds,
  heldSince: row.held_since,
  late: row.late,
  atRisk: row.at_risk,
  placedAt: row.placed_at.toISOString(),
  currency: row.currency,
  total: Number(row.total_amount),
  lineCount: row.line_count,
  unitCount: Number(row.unit_count),
  paymentMethod: row.payment_method,
  priority: row.priority,
  special: row.special,
  country: row.country,
});

/** `minPosition`: waits, bounded, until the list shows what was written there. */
export type ListOrders = (filter: OrderFilter, minPosition?: Position) => Promise<readonly ListedOrder[]>;

export interface OrderListNeeds {
  readonly sql: Sql;
  readonly orderIdOf: (channel: string, externalOrderId: string) => string;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
}

/** Every channel that ever sold, each found by one step through the index that begins with it. */
const CHANNELS = `
  with recursive sold as (
    (select channel from ${tableOf(orderSummary)} order by channel limit 1)
    union all
    select (select s.channel from ${tableOf(orderSummary)} s where s.channel > sold.channel order by s.channel limit 1) from sold where sold.channel is not null)
  select channel from sold where channel is not null`;

/** An order's id follows from its channel and its number there: the number alone is as many ids as there are channels. */
const idsIn = async (sql: Sql, idOf: (channel: string) => string): Promise<readonly string[]> =>
  (await sql.query<{ readonly channel: string }>(CHANNELS, [])).rows.map(({ channel }) => idOf(channel));

export const orderList =
  ({ sql, viewReached, orderIdOf }: OrderListNeeds): ListOrders =>
  async ({ externalOrderId, orderIds, ...filter }, minPosition) => {
    const views: readonly AnyView[] =
      filter.sku === undefined && filter.location === undefined ? [orderSummary] : [orderSummary, orderLine];
    if (minPosition !== undefined) await Promise.all(views.map((view) => viewReached(view, minPosition)));
    const numbered = externalOrderId === undefined ? undefined : await idsIn(sql, (channel) => orderIdOf(channel, externalOrderId));
    const wanted = orderIds && numbered ? numbered.filter((id) => orderIds.includes(id)) : (orderIds ?? numbered);
    const { text, values } = statementOf({ ...filter, orderIds: wanted });
    return (await sql.query<ListedRow>(text, values)).rows.map(listedOrder);
  };
