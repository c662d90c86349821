import type { Deadlines, Meta, OnDue, Send } from '@cartage/eventsourcing';
import type { Vault } from '@cartage/service-kit';
import { mentionsIn, notesOf, type Note, type NoteCommand, type NoteEvent, type Notes, type Task } from '../domain/notes';
import { guestOf } from './guests';
import type { ReadOrder } from './reading';

export interface NotesNeeds {
  readonly send: Send<NoteCommand, Notes, NoteEvent>;
  readonly load: (stream: string) => Promise<{ readonly state: Notes }>;
  readonly read: ReadOrder;
  readonly vault: Vault;
  readonly deadlines: Deadlines;
  readonly now: () => Date;
  readonly idFor: (...parts: readonly string[]) => string;
}

/** Texts are null once the person that the order is of was erased. */
export interface ShownNote extends Omit<Note, 'text'> {
  readonly text: string | null;
}

export interface ShownTask extends Omit<Task, 'title'> {
  readonly title: string | null;
}

export interface OrderNotes {
  readonly notes: readonly ShownNote[];
  readonly tasks: readonly ShownTask[];
}

export interface TaskAsked {
  readonly title: string;
  readonly assignee?: string | undefined;
  readonly dueAt?: string | undefined;
}

interface Done<Shown> {
  readonly shown: Shown;
  readonly version: number;
  readonly position: string;
  readonly repeated: boolean;
}

export interface NoteDesk {
  write(orderId: string, text: string, meta: Meta): Promise<Done<ShownNote>>;
  open(orderId: string, task: TaskAsked, meta: Meta): Promise<Done<ShownTask>>;
  assign(task: { readonly orderId: string; readonly taskId: string }, assignee: string, meta: Meta): Promise<Done<ShownTask>>;
  finish(task: { readonly orderId: string; readonly taskId: string }, meta: Meta): Promise<Done<ShownTask>>;
  list(orderId: string): Promise<OrderNotes>;
  /** A task is due: it is noted unless it was done. */
  readonly onDue: OnDue;
}

interface Text {
  readonly text: string;
}

/** Texts are sealed for the person that the order is of, and opened to be shown. */
const textsOf = ({ read, vault }: Pick<NotesNeeds, 'read' | 'vault'>) => {
  const opened = async (box: Note['text']): Promise<string | null> => (await vault.open<Text>(box))?.text ?? null;
  return {
    shownNote: async ({ text, ...note }: Note): Promise<ShownNote> => ({ ...note, text: await opened(text) }),
    shownTask: async ({ title, ...task }: Task): Promise<ShownTask> => ({ ...task, title: await opened(title) }),
    sealed: async (orderId: string, text: string): Promise<Note['text']> => {
      const { placed } = (await read(orderId)).order;
      return vault.seal(placed.customerId ?? guestOf(orderId), { text } satisfies Text);
    },
  };
};

/** What need not be said of a task, as far as it was. */
const givenOf = ({ assignee, dueAt }: TaskAsked) => ({
  ...(assignee === undefined ? {} : { assignee }),
  ...(dueAt === undefined ? {} : { dueAt: new Date(dueAt).toISOString() }),
});

/** Commands are sent to the order's notes; those about a task are answered with it. */
const askingOf = (send: NotesNeeds['send'], shownTask: (task: Task) => Promise<ShownTask>) => {
  const ask = (command: NoteCommand, meta: Meta) => send(notesOf(command.data.orderId), command, meta);
  const onTask = async (
    command: Extract<NoteCommand, { readonly data: { readonly taskId: string } }>,
    meta: Meta,
  ): Promise<Done<ShownTask>> => {
    const { state, ...done } = await ask(command, meta);
    const task = state.tasks.get(command.data.taskId);
    if (!task) throw new Error(`Task ${command.data.taskId} is not there.`);
    return { ...done, shown: await shownTask(task) };
  };
  return { ask, onTask };
};

export const createNotes = (needs: NotesNeeds): NoteDesk => {
  const { send, load, read, deadlines, idFor } = needs;
  const now = (): string => needs.now().toISOString();
  const { shownNote, shownTask, sealed } = textsOf(needs);
  const { ask, onTask } = askingOf(send, shownTask);
  return {
    write: async (orderId, text, meta) => {
      const noteId = idFor('note', orderId, meta.commandId);
      const data = { orderId, noteId, text: await sealed(orderId, text), mentions: mentionsIn(text), by: meta.actor, now: now() };
      const { state, ...done } = await ask({ type: 'WriteNote', data }, meta);
      const note = state.notes.find((each) => each.noteId === noteId);
      if (!note) throw new Error(`Note ${noteId} was written and is not there.`);
      return { ...done, shown: await shownNote(note) };
    },
    open: async (orderId, asked, meta) => {
      const taskId = idFor('task', orderId, meta.commandId);
      const more = givenOf(asked);
      const box = await sealed(orderId, asked.title);
      // Before the task: a deadline of a task that never came to be does nothing, and a task without its deadline would be forgotten.
      if (more.dueAt)
        await deadlines.set({ id: `task-${taskId}`, stream: notesOf(orderId), name: 'task', dueAt: more.dueAt, data: { orderId, taskId } });
      const data = { orderId, taskId, title: box, mentions: mentionsIn(asked.title), by: meta.actor, now: now(), ...more };
      return onTask({ type: 'OpenTask', data }, meta);
    },
    assign: (task, assignee, meta) => onTask({ type: 'AssignTask', data: { ...task, assignee, by: meta.actor, now: now() } }, meta),
    finish: (task, meta) => onTask({ type: 'FinishTask', data: { ...task, by: meta.actor, now: now() } }, meta),
    list: async (orderId) => {
      await read(orderId);
      const { notes, tasks } = (await load(notesOf(orderId))).state;
      return { notes: await Promise.all(notes.map(shownNote)), tasks: await Promise.all([...tasks.values()].map(shownTask)) };
    },
    onDue: ({ data, dueAt }, meta) => {
      const at = now();
      const task = data as { readonly orderId: string; readonly taskId: string };
      return ask({ type: 'NoticeDueTask', data: { ...task, now: at > dueAt ? at : dueAt } }, meta);
    },
  };
};
