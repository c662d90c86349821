import { list, nullable, object, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { OrderNotes, ShownNote, ShownTask } from '../app/notes';
import type { ListedTask } from '../app/task-list';

const said = nullable(text('Null once the person that the order is of was erased.'));
const mentions = list(text(), 'Whom it speaks to: `@anna`.');

const noteShape = object({ noteId: uuid(), text: said, mentions, by: text('Who wrote it.'), writtenAt: time() });
const taskShape = object({
  taskId: uuid(),
  title: said,
  mentions,
  by: text('Who wants it done.'),
  assignee: optional(text('Who is to do it.')),
  dueAt: optional(time('Until when.')),
  openedAt: time(),
  overdue: truth('It was not done in time.'),
  doneAt: optional(time('Absent while it is open.')),
  doneBy: optional(text()),
});

export const note = answerOf<ShownNote>()('OrderNote', noteShape);
export const task = answerOf<ShownTask>()('OrderTask', taskShape);
export const orderNotes = answerOf<OrderNotes>()(
  'OrderNotes',
  object({ notes: list(noteShape, 'Oldest first.'), tasks: list(taskShape, 'Oldest first.') }),
);

export const taskPage = pageAnswer(
  answerOf<ListedTask>()(
    'ListedTask',
    object({
      taskId: uuid(),
      orderId: uuid(),
      title: said,
      mentions,
      assignee: nullable(text()),
      dueAt: nullable(time()),
      overdue: truth(),
      openedBy: text(),
      openedAt: time(),
    }),
  ),
);
