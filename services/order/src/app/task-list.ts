import type { Sealed } from '@cartage/contracts';
import type { Position } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { tableOf, type AnyView, type Sql } from '@cartage/views';
import { orderLine } from './views/order-line';
import { NEVER, orderTask } from './views/order-task';

export interface TaskFilter {
  readonly assignee?: string | undefined;
  readonly mention?: string | undefined;
  /** Of this person, or speaking to them. */
  readonly concerns?: string | undefined;
  readonly orderId?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly dueBefore?: string | undefined;
  readonly location?: string | undefined;
  readonly after?: { readonly sortAt: string; readonly taskId: string } | undefined;
  readonly limit: number;
}

export interface ListedTask {
  readonly taskId: string;
  readonly orderId: string;
  /** Null once the person that the order is of was erased. */
  readonly title: string | null;
  readonly mentions: readonly string[];
  readonly assignee: string | null;
  readonly dueAt: string | null;
  readonly overdue: boolean;
  readonly openedBy: string;
  readonly openedAt: string;
}

interface Row {
  readonly task_id: string;
  readonly order_id: string;
  readonly title: Sealed;
  readonly mentions: readonly string[];
  readonly assignee: string | null;
  readonly due_at: Date | null;
  readonly overdue: boolean;
  readonly opened_by: string;
  readonly opened_at: Date;
}

const columns = 't.task_id, t.order_id, t.title, t.mentions, t.assignee, t.due_at, t.overdue, t.opened_by, t.opened_at';

const conditionsOf = (filter: TaskFilter): readonly (readonly [text: string, value: unknown])[] => {
  const { assignee, mention, concerns, orderId, overdue, dueBefore, location } = filter;
  const all: readonly (readonly [string, unknown])[] = [
    ['t.assignee = ?', assignee],
    ['t.mentions @> ?::jsonb', mention === undefined ? undefined : JSON.stringify([mention])],
    ['(t.assignee = ? or t.mentions @> to_jsonb(array[?::text]))', concerns],
    ['t.order_id = ?', orderId],
    ['t.overdue = ?', overdue],
    ['t.sort_at < ?', dueBefore],
    [`exists (select 1 from ${tableOf(orderLine)} l where l.order_id = t.order_id and l.location = ?)`, location],
  ];
  return all.filter(([, value]) => value !== undefined);
};

const statementOf = (filter: TaskFilter): { readonly text: string; readonly values: readonly unknown[] } => {
  const values: unknown[] = [];
  const conditions = conditionsOf(filter).map(([text, value]) => {
    const place = values.push(value);
    return text.replaceAll('?', () => `$${place}`);
  });
  const { after } = filter;
  const from = after ? [`(t.sort_at, t.task_id) > ($${values.push(after.sortAt)}, $${values.push(after.taskId)})`] : [];
  const where = ['t.done_at is null', ...conditions, ...from].join(' and ');
  const text = `select ${columns} from ${tableOf(orderTask)} t where ${where} order by t.sort_at, t.task_id limit $${values.push(filter.limit)}`;
  return { text, values };
};

/** Where a task stands in the list. */
export const placeOf = ({ dueAt, taskId }: ListedTask): readonly [string, string] => [dueAt ?? NEVER, taskId];

export interface TaskListNeeds {
  readonly sql: Sql;
  readonly vault: Pick<Vault, 'open'>;
  readonly viewReached: (view: AnyView, position: Position) => Promise<void>;
}

/** What is still to be done, the most urgent first. */
export type ListTasks = (filter: TaskFilter, minPosition?: Position) => Promise<readonly ListedTask[]>;

export const listingTasks =
  ({ sql, vault, viewReached }: TaskListNeeds): ListTasks =>
  async (filter, minPosition) => {
    if (minPosition !== undefined) await viewReached(orderTask, minPosition);
    const { text, values } = statementOf(filter);
    const listed = async (row: Row): Promise<ListedTask> => ({
      taskId: row.task_id,
      orderId: row.order_id,
      title: (await vault.open<{ readonly text: string }>(row.title))?.text ?? null,
      mentions: row.mentions,
      assignee: row.assignee,
      dueAt: row.due_at?.toISOString() ?? null,
      overdue: row.overdue,
      openedBy: row.opened_by,
      openedAt: row.opened_at.toISOString(),
    });
    return Promise.all((await sql.query<Row>(text, values)).rows.map(listed));
  };
