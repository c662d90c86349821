import { integer, nullable, object, oneOf, text, time, truth } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ItemWork, WorkDone } from '../app/work-desk';

/** As whoever asks sees it. */
export interface ShownWork extends ItemWork {
  readonly mine: boolean;
}

export const itemWork = answerOf<ShownWork>()(
  'ItemWork',
  object({
    queue: text('As the console calls it, such as `holds`.'),
    key: text('The item, as its queue knows it.'),
    version: integer('How much was done about it.'),
    assignee: nullable(text('Who works on it; null: nobody.')),
    mine: truth('Whoever asks works on it.'),
    snoozedUntil: nullable(time('It sleeps until then; past: it has woken.')),
    snoozeReason: nullable(text('Why it sleeps.')),
    notes: integer('How many notes were written about it.'),
    changedAt: nullable(
      time('When somebody did something about it last. Where the item waits since later, all of this is about an earlier time, and over.'),
    ),
  }),
);
export const itemWorkPage = pageAnswer(itemWork);

const kinds = ['WorkAssigned', 'WorkLetGo', 'WorkSnoozed', 'WorkWoken', 'WorkNoted', 'WorkResolved'] as const;

export const workHistory = pageAnswer(
  answerOf<WorkDone>()(
    'WorkDone',
    object({
      version: integer('Counted for each item, from 1.'),
      kind: oneOf(kinds),
      by: text('Who did it, as their token has it; `api` where nobody logs in.'),
      at: time(),
      assignee: nullable(text('To whom it was given.')),
      until: nullable(time('Until when it sleeps.')),
      what: nullable(text('By which deed it was dealt with, as the console names it.')),
      text: nullable(text('A note, or why it sleeps, or was dealt with so.')),
    }),
  ),
);
