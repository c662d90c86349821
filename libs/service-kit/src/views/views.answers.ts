import { list, object, optional, text, time, truth } from '@cartage/contracts';
import type { ViewHealth } from '@cartage/views';
import { answerOf } from '../http/answer';

export const viewAnswer = answerOf<ViewHealth>()(
  'View',
  object({
    view: text('Its name: what analysts query.'),
    table: text('The table that this version of the program reads and writes.'),
    position: text('Everything in the log up to here is in the table.'),
    shownUntil: optional(time('When the newest event that it shows was recorded.')),
    behind: truth('Whether the log has events that it does not show yet.'),
    filling: truth('Whether it has not yet shown what was in the log when this process started.'),
    rebuilding: truth('Whether it is being made anew beside the table that serves.'),
    rebuiltAt: optional(time('When it was last made anew because somebody wanted that.')),
    rebuiltAlike: optional(truth('Whether it then was, row for row, what it had been; absent where they were not compared.')),
    error: optional(text('Why it stands still; told by the process that runs the views.')),
  }),
);

export interface ViewsOfService {
  readonly items: readonly ViewHealth[];
}

export const viewsAnswer = answerOf<ViewsOfService>()('Views', object({ items: list(viewAnswer) }));
