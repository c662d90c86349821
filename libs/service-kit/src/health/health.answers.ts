import { anything, integer, list, named, object, oneOf, optional, text, truth } from '@cartage/contracts';
import { answerOf } from '../http/answer';
import type { Live, Readiness, ServiceHealth } from './health';

export const live = answerOf<Live>()('Live', object({ status: oneOf(['live']) }));

const finding = object({
  ok: truth('Whether it works as it should.'),
  vital: truth('Whether requests cannot be answered without it.'),
  detail: optional(anything('What the part says of itself.')),
  error: optional(text('Why it does not work as it should.')),
});

const status = oneOf(
  ['starting', 'ready', 'degraded', 'unavailable', 'stopping'],
  '`degraded`: a part that is not vital has trouble. `starting`: the views are not filled yet. 503 for all but `ready` and `degraded`.',
);

export const readiness = answerOf<Readiness>()(
  'Readiness',
  object({ status, checks: named(finding, 'What each part says, by its name.') }),
);

export const serviceHealth = answerOf<ServiceHealth>()(
  'ServiceHealth',
  object({
    service: text(),
    status,
    checks: named(
      finding,
      'What each part says, by its name without the service’s: `database`, `events`, `views`, `messaging` and its own.',
    ),
    deadLetters: integer('Events that listeners could not take, and those that wait behind them.'),
    parked: integer('Events that the broker will never take.'),
    overdueDeadlines: integer('Deadlines that are due and were not told.'),
    followers: list(
      object({ name: text(), behind: integer('Positions of the log that are ahead of it.') }),
      'Its listeners that follow a log of the same process by a checkpoint, and its publisher.',
    ),
  }),
);
