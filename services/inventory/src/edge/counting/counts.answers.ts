import { integer, list, nullable, object, oneOf, optional, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { CountDone } from '../../app/counting/count-booking';
import type { ShownCountLine, ShownSheet } from '../../app/counting/sheets';

const lineStatus = (): ReturnType<typeof oneOf<readonly ['open', 'recount', 'approval', 'booked', 'missed']>> =>
  oneOf(
    ['open', 'recount', 'approval', 'booked', 'missed'],
    '`recount`: it has to be counted again; `approval`: a person has to say so; `missed`: the sheet ended before it was settled.',
  );

const sheet = object({
  countId: uuid(),
  status: oneOf(
    ['open', 'closed', 'expired', 'cancelled'],
    '`closed`: every line is booked; `expired`: its time was over; what waits for approval can still be booked.',
  ),
  location: text('Location code.'),
  reference: optional(text('The document.')),
  blind: truth('What is expected is shown to nobody before a line is settled.'),
  tolerance: object({ units: integer(), percent: integer('Of what is expected.') }, 'A count that is nearer stands at once.'),
  approval: optional(
    object(
      { units: optional(integer()), amount: optional(integer('Minor units.')), currency: optional(text()) },
      'A person approves differences beyond.',
    ),
  ),
  fourEyes: optional(truth('Whoever counted a line may not approve it.')),
  dueAt: optional(time('Then it ends.')),
  lines: object(
    { open: integer(), recount: integer(), approval: integer(), booked: integer(), missed: integer() },
    'How many of its lines stand so.',
  ),
  openedAt: time(),
  revision: integer('Grows with every change; also in `ETag`.'),
});

const line = object({
  sku: text(),
  bin: nullable(text('Null: not said.')),
  status: lineStatus(),
  counts: integer('How often it was counted.'),
  counted: nullable(integer('Units, the last time.')),
  expected: nullable(integer('Units that the books had there at that time; null: not counted, or not to be seen yet.')),
  difference: nullable(integer('Counted less expected.')),
  value: nullable(
    object(
      {
        amount: integer('Minor units; below zero: what is missing.'),
        currency: text(),
        by: oneOf(
          ['cost', 'price'],
          '`cost`: what such units cost us; `price`: what they are sold for, where no cost is known in the currency.',
        ),
      },
      'What the difference was worth when it was counted, in the currency of `approval`; null: neither is known, it does not ask, or it is not to be seen yet.',
    ),
  ),
  countedBy: nullable(text()),
  countedAt: nullable(time()),
  approvedBy: nullable(text()),
  recount: nullable(text('Why it has to be counted again: `beyond-tolerance`, `outdated`, `rejected`.')),
});

export const countSheetAnswer = answerOf<ShownSheet>()('CountSheet', sheet);
export const countSheetPage = pageAnswer(countSheetAnswer);
export const countLinePage = pageAnswer(answerOf<ShownCountLine>()('CountLine', line));
export const countDoneAnswer = answerOf<CountDone>()(
  'CountDone',
  object({ sheet, lines: list(line, 'Those that were named, as they stand now.') }),
);
