import { integer, list, nullable, object, text, time, uuid } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { Repaired } from '../../app/repairs';
import type { Verified } from '../../app/verification';

const where = nullable(text('Location code; null where it is about the network.'));

const behind = object({
  reference: nullable(text('The order, the cart or the document.')),
  eventId: nullable(uuid('The event.')),
  at: nullable(time()),
  detail: text('For a person.'),
});

export const verified = answerOf<Verified>()(
  'VerifiedStock',
  object({
    asOf: time('All figures belong to this instant.'),
    checked: integer('Rows of stock that were recounted, of the network and of its locations. 0: there was nothing to look at.'),
    drifts: list(
      object({
        drift: text(
          '`location-and-movements`, `network-and-movements`, `network-and-locations`, `network-and-claims`: these two do not add up. `movement-and-log`: the ledger moved what the log does not say, or the other way round. `announced`: others were told another number than can be promised. `queue`: an order waits for what is there. `supply`: what is on order, or the claims on it, are not what documents and orders say. `backorders`: an order has no date, though enough is expected.',
        ),
        sku: text(),
        location: where,
        detail: text('For a person.'),
        behind: list(behind, 'The movement or the claims behind it, where they can be named; the first 10.'),
      }),
      'Where they disagree; the first 1,000, by SKU.',
    ),
  }),
);

export const repaired = answerOf<Repaired>()(
  'RepairedStock',
  object({
    sku: text(),
    adjustments: list(
      object({ location: text('Location code.'), quantity: integer('Units that the log was told of; below zero for fewer.') }),
      'Units on hand: told as `StockAdjusted`, cause `drift`.',
    ),
    corrections: list(
      object({
        location: where,
        figure: text('`reserved`, `allocated`, `safetyStock`, `unavailable`, or `onHand` of the network.'),
        was: integer(),
        is: integer('As the log says.'),
      }),
      'What was set right.',
    ),
    claims: list(text(), 'Orders and carts whose claims were written anew from the log.'),
  }),
);
