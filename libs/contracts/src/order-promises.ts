import { contractsOf } from './event';
import { lineQuantity, orderId, reason } from './parts';
import { decimal, integer, list, object, optional, text, time, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.order, 'order');

const dates = { shipBy: optional(time('To be handed over until then.')), deliverBy: optional(time('To be delivered until then.')) };

/** How long the carrier is taken to need: what was learned, and what the policy says, side by side. */
export const promiseTransit = object(
  {
    decidedBy: word(['baseline', 'learned'], 'show it as it is', 'Which of the two was promised.'),
    percent: integer('So many of a hundred deliveries are to need no longer than what is learned.'),
    calendar: optional(text('Whose days are counted; absent: Monday to Friday.')),
    baseline: object({ days: integer(), deliverBy: time() }, 'What the policy’s own working days come to.'),
    learned: optional(
      object(
        {
          days: integer('Working days of the carrier.'),
          deliverBy: time(),
          method: text('The method, such as `learned by lane`.'),
          version: text('Of the method.'),
          model: text('Position in the order service’s log up to which it had learned: the same log gives the same model.'),
          level: text('The narrowest level that was known of: lane, places, countries, destination, origin, weekday, service or all.'),
          deliveries: integer('So many deliveries were known of that level.'),
          share: decimal('The share of deliveries that was asked for: it adapts, so that as many come in time as should.'),
        },
        'Absent: too little was learned yet.',
      ),
    ),
  },
  'How long the carrier is taken to need. Only where the policy has what is learned beside its own days.',
);

const basis = optional(
  object(
    {
      policy: optional(text('The promise policy that it was sold under, and its version, such as `standard-gb@3`.')),
      cutOff: optional(time('The cut-off that it was placed before.')),
      processingDays: optional(integer('Working days of the location.')),
      transitDays: optional(integer('Working days of the carrier.')),
      calendar: optional(text('Of whose days: a location, or a calendar such as `GB`.')),
      transit: optional(promiseTransit),
    },
    'What it follows from.',
  ),
);
const waiting = optional(list(lineQuantity, 'Units that wait for goods, where that is why.'));

export const PromiseMade = event(
  'PromiseMade',
  'The customer is promised a day for a ship group that was sold without one. With `lines` its goods are late: the customer is told.',
  object({ orderId, shipGroupId: text(), ...dates, basis, lines: waiting, promisedAt: time() }),
);

export const PromiseMoved = event(
  'PromiseMoved',
  'A promise cannot be kept, or can be kept sooner; without dates, nobody knows when. The customer is told here, once, whatever else others tell of the same delay.',
  object({ orderId, shipGroupId: text(), ...dates, before: object(dates), basis, lines: waiting, reason, movedAt: time() }),
);

const deadline = {
  orderId,
  shipGroupId: text(),
  deadline: word(['ship-by', 'deliver-by'], 'show it as it is'),
  dueAt: time(),
  lines: list(lineQuantity, 'Units that are late, or will be.'),
};

export const DeadlineAtRisk = event(
  'DeadlineAtRisk',
  'A promise to the customer will be missed unless somebody acts now.',
  object({ ...deadline, warnedAt: time() }),
);

export const DeadlineMissed = event('DeadlineMissed', 'A promise to the customer was not kept.', object({ ...deadline, missedAt: time() }));
