import type { LineQuantity } from '@cartage/contracts';
import { Refused, START, type Position } from '@cartage/eventsourcing';
import type { Kit } from '@cartage/service-kit';
import { tableOf } from '@cartage/views';
import type { FulfillmentStatus } from '../domain/state';
import { fulfillmentOrder } from './views/fulfillment-order';
import { routingDecision } from './views/routing-decision';

/** Filters of the list; all that are given apply. `after` is the place of the last one of the page before. */
export interface FulfillmentFilter {
  readonly channel?: string | undefined;
  readonly location?: string | undefined;
  readonly status?: string | undefined;
  /** Those that were not accepted in time, and are not yet. */
  readonly overdue?: boolean | undefined;
  /** Those that wait for their customer to fetch them, or only the others. */
  readonly awaitingPickup?: boolean | undefined;
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
  /** Of its ship group, for whoever packs it. */
  readonly instructions: string | null;
  readonly brokeredAt: string;
  /** It is to be accepted until then. */
  readonly acceptBy: string | null;
  readonly acceptedAt: string | null;
  /** It was not accepted in time, and is not yet. */
  readonly overdue: boolean;
  /** The customer is to fetch it until then. */
  readonly collectBy: string | null;
}

export interface FulfillmentLists {
  /** Newest first. */
  find(filter: FulfillmentFilter, minPosition?: Position): Promise<readonly ListedFulfillment[]>;
  orderOfFulfillment(fulfillmentId: string): Promise<string>;
  orderOfDecision(decisionId: string, minPosition?: Position): Promise<string | undefined>;
}

type ListNeeds = Pick<Kit, 'pool' | 'viewReached' | 'store'>;
type Row = Omit<ListedFulfillment, 'brokeredAt' | 'acceptBy' | 'acceptedAt' | 'collectBy'> & {
  readonly brokeredAt: Date;
  readonly acceptBy: Date | null;
  readonly acceptedAt: Date | null;
  readonly collectBy: Date | null;
};

export const fulfillmentLists = ({ pool, viewReached, store }: ListNeeds): FulfillmentLists => ({
  find: async (filter, minPosition = START) => {
    await viewReached(fulfillmentOrder, minPosition);
    const { text, values } = statementOf(filter);
    const { rows } = await pool.query<Row>(text, [...values]);
    return rows.map(listed);
  },
  orderOfFulfillment: async (fulfillmentId) => {
    const find = async (): Promise<string | undefined> => {
      const { rows } = await pool.query<{ orderId: string }>(
        `select order_id as "orderId" from ${tableOf(fulfillmentOrder)} where fulfillment_id = $1`,
        [fulfillmentId],
      );
      return rows[0]?.orderId;
    };
    const found = await find();
    if (found !== undefined) return found;
    // Whoever was told of it, by the order or by an event, knows it before the list does.
    await viewReached(fulfillmentOrder, await store.head());
    const orderId = await find();
    if (orderId === undefined) throw new Refused('FULFILLMENT_UNKNOWN', `There is no fulfilment ${fulfillmentId}, or not yet.`, 'unknown');
    return orderId;
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
  priority, country, lines, instructions, brokered_at as "brokeredAt", accept_by as "acceptBy", accepted_at as "acceptedAt", overdue, collect_by as "collectBy"`;

const listed = ({ brokeredAt, acceptBy, acceptedAt, collectBy, ...row }: Row): ListedFulfillment => ({
  ...row,
  brokeredAt: brokeredAt.toISOString(),
  acceptBy: acceptBy && acceptBy.toISOString(),
  acceptedAt: acceptedAt && acceptedAt.toISOString(),
  collectBy: collectBy && collectBy.toISOString(),
});

const statementOf = (filter: FulfillmentFilter): { readonly text: string; readonly values: readonly unknown[] } => {
  const values: unknown[] = [];
  const given = (condition: (parameter: string) => string, value: unknown): readonly string[] =>
    value === undefined ? [] : [condition(`$${values.push(value)}`)];
  const conditions = [
    // What waits at a store is of interest there, wherever it came from.
    ...given((p) => `${filter.awaitingPickup ? 'collect_at' : 'location'} = ${p}`, filter.location),
    ...given((p) => `channel = ${p}`, filter.channel),
    ...given((p) => `status = ${p}`, filter.status),
    ...(filter.overdue === undefined ? [] : [filter.overdue ? 'overdue' : 'not overdue']),
    ...(filter.awaitingPickup === undefined ? [] : [`collect_by is ${filter.awaitingPickup ? 'not ' : ''}null`]),
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
