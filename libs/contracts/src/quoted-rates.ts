import { contractsOf } from './event';
import { orderId, reason } from './parts';
import { currency, decimal, integer, list, money, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.shipping, 'shipment');
const shipment = { shipmentId: uuid(), orderId, fulfillmentId: uuid(), location: text('Location code.') };
const carrier = text('Name of the carrier’s adapter.');

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
    quotedAt: time(),
  }),
);
