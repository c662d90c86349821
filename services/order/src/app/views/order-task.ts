import { patch, put, type View } from '@cartage/views';
import type { NoteEvent } from '../../domain/notes';

/** After every date that somebody may set: tasks without one come last. */
export const NEVER = '9999-12-31T23:59:59.999Z';

export const orderTask: View<NoteEvent> = {
  name: 'order_task',
  about: 'One row for each task that people have about orders: whose it is, and until when.',
  revision: 1,
  key: ['task_id'],
  columns: {
    task_id: { type: 'uuid not null', about: 'The task.' },
    order_id: { type: 'uuid not null', about: 'The order that it is about.' },
    title: { type: 'jsonb not null', about: 'What is to be done; sealed, because it may tell of a person.' },
    mentions: { type: 'jsonb not null', about: 'Whom it speaks to.' },
    assignee: { type: 'text', about: 'Who is to do it; null: nobody yet.' },
    due_at: { type: 'timestamptz', about: 'Until when; null: no date.' },
    sort_at: { type: 'timestamptz not null', about: 'The date, or the end of time.' },
    overdue: { type: 'boolean not null', about: 'It was not done in time.' },
    opened_by: { type: 'text not null', about: 'Who wants it done.' },
    opened_at: { type: 'timestamptz not null', about: 'Since when.' },
    done_by: { type: 'text', about: 'Who did it.' },
    done_at: { type: 'timestamptz', about: 'When it was done; null: it is open.' },
  },
  indexes: [
    '(sort_at, task_id) where done_at is null',
    '(assignee, sort_at, task_id) where done_at is null',
    '(order_id)',
    'using gin (mentions jsonb_path_ops) where done_at is null',
  ],
  on: {
    TaskOpened: ({ data: { taskId, orderId, title, mentions, assignee = null, dueAt = null, by, openedAt } }) =>
      put({
        ...{ task_id: taskId, order_id: orderId, title, mentions, assignee, due_at: dueAt, sort_at: dueAt ?? NEVER, overdue: false },
        ...{ opened_by: by, opened_at: openedAt, done_by: null, done_at: null },
      }),
    TaskAssigned: ({ data: { taskId, assignee } }) => patch({ task_id: taskId }, { assignee }),
    TaskDone: ({ data: { taskId, by, doneAt } }) => patch({ task_id: taskId }, { done_by: by, done_at: doneAt }),
    TaskOverdue: ({ data: { taskId } }) => patch({ task_id: taskId }, { overdue: true }),
  },
};
