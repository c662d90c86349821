import { contractsOf } from './event';
import { orderId, reason } from './parts';
import { currency, decimal, integer, list, money, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping, 'shipment');
const shipment = { shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') };
const carrier = text('Name of the carrier’s adapter.');

/** How a choice between carriers says what was learned of them. */
export const learnedChoice = object(
  {
    decidedBy: word(['learned', 'policy'], 'the offer that is chosen was', 'Whether it decided, or stands beside what did.'),
    method: text('How it was learned.'),
    version: text('Of the method.'),
    model: text('The event of the log up to which it was learned; empty before the first.'),
    baseline: object({ carrier, service: text() }, 'Whom the policy chooses by itself.'),
    choice: object({ carrier, service: text() }, 'Whom it chooses by what was learned.'),
    reason: word(
      ['lowest-draw', 'floor', 'bound'],
      'it was chosen',
      'Cheapest in the world that was drawn; left to chance; or the policy’s own choice, because the bound was reached.',
    ),
    currency: currency(),
    lateDayCost: money('What a day of lateness costs.'),
    lostCost: money('What a shipment costs that is lost or comes back.'),
    offers: list(
      object({
        carrier,
        service: text(),
        expected: money('Its cost, and what lateness and loss are expected to cost.'),
        drawn: money('The same in the world that was drawn.'),
        parcels: integer('From how many shipments that is known.'),
        late: integer('Of them.'),
        lost: integer('Of them: lost, or came back.'),
        basis: word(['lane', 'service', 'all', 'nothing'], 'less is known', 'Whose shipments these are.'),
      }),
      'Those that there was to choose from.',
    ),
    allows: money('What this choice adds to what may be spent on trying.'),
    spends: money('What it may cost more than the policy’s own choice.'),
  },
  'What was learned of carriers, where the policy looks at it.',
);

export const RatesQuoted = event(
  'RatesQuoted',
  'What carriers would take it for, which offer was chosen, and why each of the others was not.',
  object({
    ...shipment,
    labelId: uuid('Of the label that is asked for by it.'),
    policy: optional(
      text('The version of the carrier policy that it was chosen by, such as `carriers@3`; `carriers@settings` before any is active.'),
    ),
    by: text('What counted first: `cost`, `speed`, `preference` or `performance`; `weighted`: all of them, by their weights.'),
    weights: optional(
      object(
        { cost: decimal(), speed: decimal(), preference: decimal(), performance: decimal() },
        'By how much each counted, where they were weighed.',
      ),
    ),
    offers: list(
      object({
        carrier,
        service: optional(text('Absent where a carrier declined as a whole.')),
        currency: optional(currency()),
        cost: optional(money('Absent where the carrier declined it.')),
        days: optional(integer('Until it is delivered, as the carrier says.')),
        performance: optional(
          object(
            {
              share: integer('Of its parcels, how many are expected to come whole and in time: parts of ten thousand.'),
              parcels: integer('From how many outcomes of the lane that is known.'),
              basis: word(
                ['lane', 'service', 'all'],
                'less is known',
                'What it rests on: the lane, its service on all lanes, or what is usual of all services.',
              ),
            },
            'What was known of it on this lane, where that counted.',
          ),
        ),
        score: optional(integer('What it came to, where measures were weighed: parts of ten thousand.')),
        chosen: truth(),
        reason: optional(reason),
      }),
    ),
    learned: optional(learnedChoice),
    quotedAt: time(),
  }),
);
