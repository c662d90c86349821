import { integer, object, oneOf, optional, text, time } from '@cartage/contracts';
import { deadlineStates, type DeadlineState, type WaitingDeadline } from '@cartage/eventsourcing';
import { answerOf, pageAnswer } from '../http/answer';

/** A deadline as lists show it. What is told with it is not: it may be anything. */
export interface ShownDeadline extends WaitingDeadline {
  readonly state: DeadlineState;
}

export const shownDeadline = (deadline: WaitingDeadline, now: Date): ShownDeadline => ({
  ...deadline,
  state: Date.parse(deadline.dueAt) <= now.getTime() ? 'overdue' : 'upcoming',
});

export const deadlineAnswer = answerOf<ShownDeadline>()(
  'Deadline',
  object({
    id: text('Names it for ever.'),
    stream: text('Who is told, such as `order-<id>`.'),
    name: text('What is told, such as `AuthorizationOverdue`.'),
    state: oneOf(deadlineStates, '`overdue`: due by now, and neither told nor cancelled. `upcoming`: not due yet.'),
    dueAt: time(),
    nextAt: time('When it is taken next: later than it is due where it could not be told, or where a process has it in hand.'),
    tries: integer('How often it was taken to be told.'),
    correlationId: optional(text('Of the request that it began with.')),
  }),
);
export const deadlinePage = pageAnswer(deadlineAnswer);
