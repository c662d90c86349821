import type { Finding } from '@cartage/contracts';
import { isoTime, tableOf, type Sql } from '@cartage/views';
import type { Matter } from '../attention';
import { paymentSummary, type PaymentStatus } from './payment-summary';

export interface SummaryRow {
  readonly orderId: string;
  readonly customerId: string | null;
  /** Of the locations that goods of it left. */
  readonly locations: readonly string[];
  readonly status: PaymentStatus;
  readonly method: string;
  readonly provider: string;
  readonly currency: string;
  readonly total: number;
  readonly due: number;
  readonly attention: readonly Matter[];
  readonly promised: number;
  readonly captured: number;
  readonly collected: number;
  readonly remitted: number;
  readonly refunded: number;
  readonly voided: number;
  readonly decision: string;
  readonly score: number;
  readonly reasons: readonly Finding[];
  readonly assignee: string | null;
  readonly decideBy: string | null;
  readonly escalatedAt: string | null;
  readonly reason: string | null;
  readonly placedAt: string;
  readonly requestedAt: string;
  readonly version: number;
}

export interface SummaryFilter {
  readonly channel?: string | undefined;
  /** Goods of it left this location. */
  readonly location?: string | undefined;
  readonly status?: PaymentStatus | undefined;
  readonly customerId?: string | undefined;
  readonly attention?: Matter | 'any' | undefined;
}

export interface Slice {
  readonly limit: number;
  /** The sort key of the last row of the page before. */
  readonly after?: readonly [requestedAt: string, orderId: string] | undefined;
}

/** JSON keeps big integers and times plain, whatever the driver's parsers are set to. */
const shown = `json_build_object('orderId', order_id, 'customerId', customer_id, 'locations', locations, 'status', status, 'method', method, 'provider', provider,
  'currency', currency, 'total', total, 'due', due, 'attention', attention, 'promised', promised, 'captured', captured, 'collected', collected, 'remitted', remitted,
  'refunded', refunded, 'voided', voided, 'decision', decision, 'score', score, 'reasons', reasons, 'assignee', assignee, 'reason', reason,
  'decideBy', ${isoTime('decide_by')},
  'escalatedAt', ${isoTime('escalated_at')},
  'placedAt', ${isoTime('placed_at')},
  'requestedAt', ${isoTime('requested_at')}, 'version', version) as row`;

const conditionsOf = (conditions: readonly (readonly [sql: string, ...values: readonly unknown[]])[]) => {
  const values: unknown[] = [];
  const where = conditions.map(([sql, ...given]) => sql.replaceAll('?', () => `$${values.push(given.shift())}`));
  return { where: where.length > 0 ? `where ${where.join(' and ')}` : '', values };
};

const attentionOf = (attention: SummaryFilter['attention']): readonly (readonly [sql: string, ...values: readonly unknown[]])[] => {
  if (attention === undefined) return [];
  return attention === 'any' ? [["attention <> '{}'"]] : [["attention @> ?::text[] and attention <> '{}'", [attention]]];
};

/** Of rows with an order: those of one channel; null: all. */
export const soldBy = (channel: string): string =>
  `(${channel}::text is null or order_id in (select order_id from ${tableOf(paymentSummary)} where channel = ${channel}))`;

/** Newest first. */
export const listPayments = async (
  sql: Sql,
  { channel, location, status, customerId, attention }: SummaryFilter,
  { limit, after }: Slice,
): Promise<readonly SummaryRow[]> => {
  const { where, values } = conditionsOf([
    ...(channel === undefined ? [] : [['channel = ?', channel] as const]),
    ...(location === undefined ? [] : [['locations @> ?::text[]', [location]] as const]),
    ...(status === undefined ? [] : [['status = ?', status] as const]),
    ...(customerId === undefined ? [] : [['customer_id = ?', customerId] as const]),
    ...attentionOf(attention),
    ...(after === undefined ? [] : [['(requested_at, order_id) < (?::timestamptz, ?::uuid)', ...after] as const]),
  ]);
  const text = `select ${shown} from ${tableOf(paymentSummary)} ${where} order by requested_at desc, order_id desc limit $${values.length + 1}`;
  return (await sql.query<{ row: SummaryRow }>(text, [...values, limit])).rows.map(({ row }) => row);
};

export interface Within {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Newest first, heard of in this period. */
export const listPaymentsWithin = async (sql: Sql, { from, to }: Within, { limit, after }: Slice): Promise<readonly SummaryRow[]> => {
  const { where, values } = conditionsOf([
    ...(from === undefined ? [] : [['requested_at >= ?::timestamptz', from] as const]),
    ...(to === undefined ? [] : [['requested_at < ?::timestamptz', to] as const]),
    ...(after === undefined ? [] : [['(requested_at, order_id) < (?::timestamptz, ?::uuid)', ...after] as const]),
  ]);
  const text = `select ${shown} from ${tableOf(paymentSummary)} ${where} order by requested_at desc, order_id desc limit $${values.length + 1}`;
  return (await sql.query<{ row: SummaryRow }>(text, [...values, limit])).rows.map(({ row }) => row);
};

/** Whoever has waited longest comes first. */
export const listReviews = async (
  sql: Sql,
  { channel }: Pick<SummaryFilter, 'channel'>,
  { limit, after }: Slice,
): Promise<readonly SummaryRow[]> => {
  const { where, values } = conditionsOf([
    ["status = 'under-review'"],
    ...(channel === undefined ? [] : [['channel = ?', channel] as const]),
    ...(after === undefined ? [] : [['(requested_at, order_id) > (?::timestamptz, ?::uuid)', ...after] as const]),
  ]);
  const text = `select ${shown} from ${tableOf(paymentSummary)} ${where} order by requested_at, order_id limit $${values.length + 1}`;
  return (await sql.query<{ row: SummaryRow }>(text, [...values, limit])).rows.map(({ row }) => row);
};
