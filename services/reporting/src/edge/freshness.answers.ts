import { integer, nullable, object, text, time } from '@cartage/contracts';

/** How far one table is with one topic that feeds it. */
export const tableFreshness = object({
  table: text('By its plain name.'),
  topic: text('A topic that feeds it.'),
  heardUntil: nullable(time('When the newest event of the topic that it shows was recorded. It stands still while nothing happens.')),
  events: integer('Events of the topic that it shows.'),
  missing: integer('Events that should have come and have not, for later ones of the same subject have: 0 is the rule.'),
});
