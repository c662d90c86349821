import { integer, list, nullable, object, oneOf, text, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import { standings, type ShownOrder } from '../app/findings';
import type { ShownFinding } from '../app/shelf';
import { findingKinds } from '../domain/judging';
import { whoseAll } from '../domain/rule';

const rule = text('The rule, by its name.');
const expected = text('The rule as a sentence.');
const about = text('The thing, such as a shipment, by its id.');
const whose = oneOf(whoseAll, 'Who brings about what is expected: our programs, people of the house, partners, customers.');

export const finding = answerOf<ShownFinding>()(
  'ContinuousAuditFinding',
  object({
    findingId: uuid('The same for ever, however often it is found.'),
    kind: oneOf(
      findingKinds,
      '`missing`: it did not follow in time; `uncaused`: it has no cause; `doubled`: it is there twice; `stalled`: the order has not ended, and nothing is awaited for it; `gap`: events were not heard, though later ones were.',
    ),
    rule,
    expected,
    whose,
    key: text('What it is kept under: the order, or the subject of the events where there is none.'),
    orderId: nullable(uuid()),
    about,
    causeId: nullable(uuid('The event that it follows from; of what is doubled, the second.')),
    causeType: nullable(text()),
    since: time('When it was due, or was doubled.'),
    foundAt: time(),
    late: truth('What was missing came, too late.'),
    cameId: nullable(uuid('The event that came too late.')),
    cameType: nullable(text()),
    cameAt: nullable(time()),
    closedAt: nullable(time('Null: it is open.')),
    closedBy: nullable(text('Who closed it; null: it ended by itself.')),
    reason: nullable(text()),
  }),
);
export const findingPage = pageAnswer(finding);

export const audited = answerOf<ShownOrder>()(
  'ContinuouslyAuditedOrder',
  object({
    orderId: uuid(),
    heard: list(object({ topic: text(), subject: text(), events: integer() }), 'How many events were heard of each subject.'),
    forgotten: truth('It was settled long ago: only the counters were kept.'),
    expectations: list(
      object({
        rule,
        expected,
        whose,
        about,
        standing: oneOf(standings, '`met` in time, or `late`; `excused`: nothing needs to follow any more; `waiting`, or `overdue`.'),
        causeId: uuid('The event that it follows from.'),
        causeType: text(),
        causeAt: time(),
        due: nullable(time('Null: it may wait for as long as it takes, or a hold stops it.')),
        metById: nullable(uuid('The event that ended it.')),
        metByType: nullable(text()),
        metAt: nullable(time()),
      }),
      'What must follow, by the time of its cause.',
    ),
  }),
);
