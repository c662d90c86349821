import { anything, named, object, oneOf, optional, text, truth } from '@cartage/contracts';
import { answerOf } from '../http/answer';
import type { Live, Readiness } from './health';

export const live = answerOf<Live>()('Live', object({ status: oneOf(['live']) }));

const finding = object({
  ok: truth('Whether it works as it should.'),
  vital: truth('Whether requests cannot be answered without it.'),
  detail: optional(anything('What the part says of itself.')),
  error: optional(text('Why it does not work as it should.')),
});

export const readiness = answerOf<Readiness>()(
  'Readiness',
  object({
    status: oneOf(
      ['starting', 'ready', 'degraded', 'unavailable', 'stopping'],
      '`degraded`: a part that is not vital has trouble. `starting`: the views are not filled yet. 503 for all but `ready` and `degraded`.',
    ),
    checks: named(finding, 'What each part says, by its name.'),
  }),
);
