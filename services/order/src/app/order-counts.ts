import { tableOf, type Sql } from '@cartage/views';
import { orderStatuses, type OrderStatus } from '../domain/state';
import { orderSummary } from './views/order-summary';

/** Nobody looks at more one by one: what is more is said to be more, so that a count never reads a year of orders. */
export const COUNTED_UP_TO = 10_000;

export interface Counted {
  /** At most `COUNTED_UP_TO`. */
  readonly orders: number;
  /** When the one was placed that has waited longest. */
  readonly oldest: string | null;
}

/** How many orders stand where, and what keeps them. */
export interface OrderCounts {
  readonly upTo: number;
  readonly statuses: readonly (Counted & { readonly status: OrderStatus })[];
  /** Those that hold an order now, the most frequent first. */
  readonly holds: readonly (Counted & { readonly type: string })[];
  readonly late: Counted;
  readonly atRisk: Counted;
}

export type CountOrders = (channel?: string) => Promise<OrderCounts>;

interface Row {
  readonly name: string;
  readonly orders: number;
  readonly oldest: Date | null;
}

const summaries = tableOf(orderSummary);

/** The oldest of those that satisfy a condition, as an index has them: at most as many as are counted. */
const oldestOf = (columns: string, condition: string, channel: string): string =>
  `select ${columns} from ${summaries} s where ${condition} ${channel} order by s.placed_at, s.order_id limit ${COUNTED_UP_TO}`;

const counted = 'count(*)::int as orders, min(placed_at) as oldest';

const byStatus = (channel: string): string => `
  select each.name, found.orders, found.oldest from unnest($1::text[]) each(name)
  cross join lateral (select ${counted} from (${oldestOf('s.placed_at', 's.status = each.name', channel)}) placed) found`;

const byHold = (channel: string): string => `
  select hold.name, ${counted} from (${oldestOf('s.placed_at, s.holds', 's.status = $1', channel)}) held
  cross join lateral (select distinct jsonb_array_elements_text(held.holds) as name) hold group by hold.name order by 2 desc, 1`;

/** `condition` as the index has it that holds only those that are so; the parameter is there so that the channel is the second one everywhere. */
const alarmed = (condition: string, channel: string): string =>
  `select $1::text as name, ${counted} from (${oldestOf('s.placed_at', condition, channel)}) placed`;

const countOf = ({ orders, oldest }: Row): Counted => ({ orders, oldest: oldest?.toISOString() ?? null });
const none: Counted = { orders: 0, oldest: null };

export const countingOrders =
  (sql: Sql): CountOrders =>
  async (channel) => {
    const within = channel === undefined ? '' : 'and s.channel = $2';
    const ask = async (statement: (channel: string) => string, first: unknown): Promise<readonly Row[]> =>
      (await sql.query<Row>(statement(within), [first, ...(channel === undefined ? [] : [channel])])).rows;
    const [statuses, holds, [late], [atRisk]] = await Promise.all([
      ask(byStatus, orderStatuses),
      ask(byHold, 'on-hold'),
      ask((each) => alarmed('s.late', each), 'late'),
      ask((each) => alarmed('s.at_risk', each), 'at-risk'),
    ]);
    const found = new Map(statuses.map((row) => [row.name, countOf(row)]));
    return {
      upTo: COUNTED_UP_TO,
      statuses: orderStatuses.map((status) => ({ status, ...(found.get(status) ?? none) })),
      holds: holds.map((row) => ({ type: row.name, ...countOf(row) })),
      late: late ? countOf(late) : none,
      atRisk: atRisk ? countOf(atRisk) : none,
    };
  };
