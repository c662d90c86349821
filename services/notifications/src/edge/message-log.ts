import { isoTime, type Sql } from '@cartage/views';
import type { After, MessageFilter, MessageLog, ShownMessage } from '../app/message-log';
import { gathered, type Content } from '../domain/content';

const columns = `message_id as "messageId", order_id as "orderId", kind, medium, status, ${isoTime('planned_at')} as "plannedAt", ${isoTime('ended_at')} as "endedAt", attempts,
  reason, detail, template, template_version as "templateVersion", locale, brand, sender, reference, case when status = 'merged' then leader end as "mergedInto", repeats`;

const ofChannel = 'exists (select from order_card where order_card.order_id = message.order_id and channel = ';

const statement = ({ channel, orderId, status }: MessageFilter, after: After | undefined, limit: number) => {
  const values: unknown[] = [limit];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const where = ['true'];
  if (channel !== undefined) where.push(`${ofChannel}${bind(channel)})`);
  if (orderId !== undefined) where.push(`order_id = ${bind(orderId)}`);
  if (status !== undefined) where.push(`status = ${bind(status)}`);
  if (after) where.push(`(planned_at, message_id) > (${bind(after[0])}::timestamptz, ${bind(after[1])}::uuid)`);
  return { text: `select ${columns} from message where ${where.join(' and ')} order by planned_at, message_id limit $1`, values };
};

export const messageLogIn = (sql: Sql): MessageLog => ({
  list: async (filter, after, limit) => {
    const { text, values } = statement(filter, after, limit);
    return (await sql.query<ShownMessage>(text, values)).rows;
  },
  find: async (messageId) => (await sql.query<ShownMessage>(`select ${columns} from message where message_id = $1`, [messageId])).rows[0],
  contentOf: async (messageId) => {
    const { rows } = await sql.query<{ readonly content: Content }>(
      'select content from message where message_id = $1 or leader = $1 order by planned_at, message_id',
      [messageId],
    );
    return gathered(rows.map(({ content }) => content));
  },
});
