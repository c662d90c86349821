import { isoTime, type Sql } from '@cartage/views';
import type { After, FindingFilter, FindingTable, ShownFinding } from '../app/shelf';

const columns = `finding_id as "findingId", kind, rule, expected, whose, key, order_id as "orderId", about, cause_id as "causeId", cause_type as "causeType",
  ${isoTime('since')} as since, ${isoTime('found_at')} as "foundAt", late, came_id as "cameId", came_type as "cameType", ${isoTime('came_at')} as "cameAt",
  ${isoTime('closed_at')} as "closedAt", closed_by as "closedBy", reason`;

const statement = ({ kind, rule, orderId, open }: FindingFilter, after: After | undefined, limit: number) => {
  const values: unknown[] = [limit];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const where = ['true'];
  if (kind !== undefined) where.push(`kind = ${bind(kind)}`);
  if (rule !== undefined) where.push(`rule = ${bind(rule)}`);
  if (orderId !== undefined) where.push(`order_id = ${bind(orderId)}`);
  if (open !== undefined) where.push(open ? 'closed_at is null' : 'closed_at is not null');
  if (after) where.push(`(since, finding_id) > (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`);
  return { text: `select ${columns} from finding where ${where.join(' and ')} order by finding.since, finding_id limit $1`, values };
};

const CLOSE = `update finding set closed_at = $4, closed_by = $2, reason = $3 where finding_id = $1 and closed_at is null`;

export const findingTableIn = (sql: Sql): FindingTable => ({
  list: async (filter, after, limit) => {
    const { text, values } = statement(filter, after, limit);
    return (await sql.query<ShownFinding>(text, values)).rows;
  },
  get: async (findingId) => (await sql.query<ShownFinding>(`select ${columns} from finding where finding_id = $1`, [findingId])).rows[0],
  close: async ({ findingId, by, reason, at }) => void (await sql.query(CLOSE, [findingId, by, reason, at])),
});
