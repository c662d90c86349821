import type { LineQuantity } from '@cartage/contracts';
import { Refused, START, type Position } from '@cartage/eventsourcing';
import type { Kit } from '@cartage/service-kit';
import { tableOf } from '@cartage/views';
import type { FulfillmentStatus } from '../domain/state';
import { fulfillmentOrder } from './views/fulfillment-order';
import { routingDecision } from './views/routing-decision';

/** Filters of the list; all that are given apply. `after` is the place of the last one of the page before. */
export interface FulfillmentFilter {
  readonly location?: string | undefined;
  readonly status?: string | undefined;
  readonly brokeredFrom?: string | undefined;
  readonly brokeredBefore?: string | undefined;
  readonly after?: { readonly brokeredAt: string; readonly fulfillmentId: string } | undefined;
  /** Rows to read. */
  readonly limit: number;
}

export interface ListedFulfillment {
  readonly fulfillmentId: string;
  readonly orderId: string;
  readonly location: string;
  readonly status: FulfillmentStatus;
  readonly attempt: number;
  readonly decisionId: string;
  readonly priority: string;
  /** Destination; null where nobody knows it. */
  readonly country: string | null;
  readonly lines: readonly LineQuantity[];
  readonly brokeredAt: string;
}

export interface FulfillmentLists {
  /** Newest first. */
  find(filter: FulfillmentFilter, minPosition?: Position): Promise<readonly ListedFulfillment[]>;
  orderOfFulfillment(fulfillmentId: string): Promise<string>;
  orderOfDecision(decisionId: string, minPosition?: Position): Promise<string | undefined>;
}

type ListNeeds = Pick<Kit, 'pool' | 'viewReached'>;
type Row = Omit<ListedFulfillment, 'brokeredAt'> & { readonly brokeredAt: Date };

export const fulfillmentLists = ({ pool, viewReached }: ListNeeds): FulfillmentLists => ({
  find: async (filter, minPosition = START) => {
    await viewReached(fulfillmentOrder, minPosition);
    const { text, values } = statementOf(filter);
    const { rows } = await pool.query<Row>(text, [...values]);
    return rows.map((row) => ({ ...row, brokeredAt: row.brokeredAt.toISOString() }));
  },
  orderOfFulfillment: async (fulfillmentId) => {
    const { rows } = await pool.query<{ orderId: string }>(
      `select order_id as "orderId" from ${tableOf(fulfillmentOrder)} where fulfillment_id = $1`,
      [fulfillmentId],
    );
    if (!rows[0]) throw new Refused('FULFILLMENT_UNKNOWN', `There is no fulfilment ${fulfillmentId}, or not yet.`, 'unknown');
    return rows[0].orderId;
  },
  orderOfDecision: async (decisionId, minPosition = START) => {
    await viewReached(routingDecision, minPosition);
    const { rows } = await pool.query<{ orderId: string }>(
      `select order_id as "orderId" from ${tableOf(routingDecision)} where decision_id = $1`,
      [decisionId],
    );
    return rows[0]?.orderId;
  },
});

const columns = `fulfillment_id as "fulfillmentId", order_id as "orderId", location, status, attempt, decision_id as "decisionId",
  priority, country, lines, brokered_at as "brokeredAt"`;

const statementOf = (filter: FulfillmentFilter): { readonly text: string; readonly values: readonly unknown[] } => {
  const values: unknown[] = [];
  const given = (condition: (parameter: string) => string, value: unknown): readonly string[] =>
    value === undefined ? [] : [condition(`$${values.push(value)}`)];
  const conditions = [
    ...given((p) => `location = ${p}`, filter.location),
    ...given((p) => `status = ${p}`, filter.status),
    ...given((p) => `brokered_at >= ${p}`, filter.brokeredFrom),
    ...given((p) => `brokered_at < ${p}`, filter.brokeredBefore),
    ...(filter.after
      ? [`(brokered_at, fulfillment_id) < ($${values.push(filter.after.brokeredAt)}, $${values.push(filter.after.fulfillmentId)})`]
      : []),
  ];
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const limit = `limit $${values.push(filter.limit)}`;
  return {
    text: `select ${columns} from ${tableOf(fulfillmentOrder)} ${where} order by brokered_at desc, fulfillment_id desc ${limit}`,
    values,
  };
};
