import type { Sealed } from '@cartage/contracts';
import { deciding, evolving, Refused, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

/*
 * What people write to each other about an order, and what they have to do: a stream of its own beside the order's, so that a note makes nobody's version of
 * the order stale. Texts are sealed with the person the order is of, because they tell of them, and go with them.
 */

interface Common {
  readonly orderId: string;
  /** Who did it. */
  readonly by: string;
}

export type NoteEvent =
  | Named<
      'NoteWritten',
      Common & { readonly noteId: string; readonly text: Sealed; readonly mentions: readonly string[]; readonly writtenAt: string }
    >
  | Named<
      'TaskOpened',
      Common & {
        readonly taskId: string;
        readonly title: Sealed;
        readonly mentions: readonly string[];
        readonly assignee?: string;
        readonly dueAt?: string;
        readonly openedAt: string;
      }
    >
  | Named<'TaskAssigned', Common & { readonly taskId: string; readonly assignee: string; readonly assignedAt: string }>
  | Named<'TaskDone', Common & { readonly taskId: string; readonly doneAt: string }>
  | Named<'TaskOverdue', Omit<Common, 'by'> & { readonly taskId: string; readonly dueAt: string; readonly noticedAt: string }>;

type Written<Type extends NoteEvent['type']> = Omit<DataOf<NoteEvent, Type>, 'writtenAt' | 'openedAt' | 'assignedAt' | 'doneAt'> & {
  readonly now: string;
};

export type NoteCommand =
  | Named<'WriteNote', Written<'NoteWritten'>>
  | Named<'OpenTask', Written<'TaskOpened'>>
  | Named<'AssignTask', Written<'TaskAssigned'>>
  | Named<'FinishTask', Written<'TaskDone'>>
  | Named<'NoticeDueTask', { readonly orderId: string; readonly taskId: string; readonly now: string }>;

export type Note = Omit<DataOf<NoteEvent, 'NoteWritten'>, 'orderId'>;

export interface Task extends Omit<DataOf<NoteEvent, 'TaskOpened'>, 'orderId'> {
  readonly doneAt?: string;
  readonly doneBy?: string;
  readonly overdue: boolean;
}

export interface Notes {
  readonly notes: readonly Note[];
  readonly tasks: ReadonlyMap<string, Task>;
}

const withTask = (state: Notes, taskId: string, change: Partial<Task>): Notes => {
  const task = state.tasks.get(taskId);
  return task ? { ...state, tasks: new Map(state.tasks).set(taskId, { ...task, ...change }) } : state;
};

const openTask = ({ tasks }: Notes, taskId: string): Task | undefined => {
  const task = tasks.get(taskId);
  if (!task) throw new Refused('TASK_UNKNOWN', `The order has no task ${taskId}.`, 'unknown');
  return task.doneAt === undefined ? task : undefined;
};

const required = (state: Notes, taskId: string): Task => {
  const task = openTask(state, taskId);
  if (task) return task;
  throw new Refused('TASK_DONE', 'The task is done already: open another one.');
};

export const notes: Decider<NoteCommand, Notes, NoteEvent> = {
  initial: { notes: [], tasks: new Map() },
  evolve: evolving<Notes, NoteEvent>({
    NoteWritten: (state, { orderId: _, ...note }) => ({ ...state, notes: [...state.notes, note] }),
    TaskOpened: (state, { orderId: _, ...task }) => ({
      ...state,
      tasks: new Map(state.tasks).set(task.taskId, { ...task, overdue: false }),
    }),
    TaskAssigned: (state, { taskId, assignee }) => withTask(state, taskId, { assignee }),
    TaskDone: (state, { taskId, doneAt, by: doneBy }) => withTask(state, taskId, { doneAt, doneBy }),
    TaskOverdue: (state, { taskId }) => withTask(state, taskId, { overdue: true }),
  }),
  decide: deciding<NoteCommand, Notes, NoteEvent>({
    WriteNote: ({ now: writtenAt, ...note }) => [{ type: 'NoteWritten', data: { ...note, writtenAt } }],
    OpenTask: ({ now: openedAt, ...task }) => [{ type: 'TaskOpened', data: { ...task, openedAt } }],
    AssignTask: ({ now: assignedAt, ...asked }, state) =>
      required(state, asked.taskId).assignee === asked.assignee ? [] : [{ type: 'TaskAssigned', data: { ...asked, assignedAt } }],
    FinishTask: ({ now: doneAt, ...asked }, state) =>
      openTask(state, asked.taskId) ? [{ type: 'TaskDone', data: { ...asked, doneAt } }] : [],
    NoticeDueTask: ({ now: noticedAt, orderId, taskId }, { tasks }) => {
      const task = tasks.get(taskId);
      if (task?.dueAt === undefined || task.doneAt !== undefined || task.overdue) return [];
      return [{ type: 'TaskOverdue', data: { orderId, taskId, dueAt: task.dueAt, noticedAt } }];
    },
  }),
};

export const notesOf = (orderId: string): string => `notes-${orderId}`;

const mention = /(?:^|[\s(,;:])@([\p{L}\d][\p{L}\d._-]{0,99})/gu;

/** Whom a text speaks to: `@anna`. Each once, in their order. */
export const mentionsIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(mention)].map(([, name = '']) => name.replace(/[._-]+$/, ''))),
];
