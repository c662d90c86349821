import { currency, decimal, integer, list, money, nullable, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { PolicyTrial } from '../../app/policy-trials';
import { performanceBases } from '../../domain/lane-performance';
import { choiceOrders } from '../../domain/rates';

const offered = object({
  carrier: text(),
  service: text('The carrier’s own.'),
  currency: currency(),
  cost: money('Of the label.'),
  days: optional(integer('As the carrier said.')),
  performance: optional(
    object({
      share: integer('Of its parcels, how many are expected to come whole and in time on this lane: parts of ten thousand.'),
      parcels: integer('From how many outcomes of the lane that is known.'),
      basis: oneOf(performanceBases),
    }),
  ),
});
const totals = object({
  cost: money('Of all labels.'),
  days: nullable(decimal('Mean of what carriers said.')),
  onTimePercent: nullable(decimal('Mean of what is expected on their lanes, by what is known now.')),
});

export const policyTrial = answerOf<PolicyTrial>()(
  'CarrierPolicyTrial',
  object({
    from: time(),
    to: time(),
    policy: text('As labels name it: `carriers@<version>`.'),
    choice: oneOf(choiceOrders, 'What counts first in it.'),
    labels: integer('Labels for which there was something to choose, the newest 10,000 at most.'),
    changed: integer('Of those, how many would go with another carrier or service.'),
    unplaced: integer('Of those, how many nobody who offered may take.'),
    totals: list(object({ currency: currency(), labels: integer(), changed: integer(), was: totals, would: totals }), 'By currency.'),
    examples: list(
      object({ labelId: uuid(), was: offered, would: optional(offered) }),
      'The newest that would go with another, or with nobody, 50 at most.',
    ),
  }),
);
