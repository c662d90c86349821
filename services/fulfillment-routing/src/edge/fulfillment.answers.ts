import {
  country,
  integer,
  lineQuantity,
  list,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  priority,
  reason,
  text,
  time,
  truth,
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ListedFulfillment } from '../app/fulfillment-lists';
import type { ShownBrokering } from '../app/routing-reading';
import { fulfillmentStatuses } from '../domain/state';

const fulfillment = {
  fulfillmentId: uuid(),
  location: text('Location code.'),
  lines: list(lineQuantity, 'What it ships.'),
  attempt: integer('1 for the first brokering of these lines.'),
  decisionId: uuid('The decision that says why.'),
  status: oneOf(
    fulfillmentStatuses,
    '`refused` by the stock ledger, `rejected` by the location: both are brokered again elsewhere. `rejecting`, `cancelling`: asked, not answered yet. `cancelled` by the order. `closed`: the goods had left.',
  ),
  brokeredAt: time(),
};
const pickup = object(
  {
    place: object({ name: text('What people call the location.'), timeZone: text('IANA name: of its clock.') }),
    readyAt: time(),
    expiresAt: time('It is kept until then.'),
    wrongCodes: integer('How often a wrong code was said.'),
    remindedAt: optional(time()),
    expiredAt: optional(time('Nobody fetched it in time.')),
    handedOverAt: optional(time()),
    cameByParcel: optional(truth('It was sent to the store by parcel.')),
    declined: optional(list(lineQuantity, 'Units that were refused at the counter: they are no part of it any more.')),
  },
  'It waits for the customer at its location, or did.',
);
const workDay = text('Local date of the location: the day for which it was given to it.');

export const brokering = answerOf<ShownBrokering>()(
  'Brokering',
  object({
    orderId,
    version: integer('Events of the brokering so far; also in `ETag`.'),
    fulfillments: list(
      object({
        ...fulfillment,
        workDay,
        acceptBy: optional(time('The location is to accept it until then; absent: it need not.')),
        ifNotAccepted: optional(text('What follows if it does not: `rebroker` or `alert`.')),
        acceptedAt: optional(time()),
        notAcceptedAt: optional(time('It was to be accepted by then, and was not.')),
        rejection: optional(
          object(
            {
              stockEffect: optional(
                text('What the location says of its stock: `keep`, `zero` or `minus`; absent: it was asked for by somebody else.'),
              ),
              apart: optional(
                object(
                  { lines: list(lineQuantity), location: optional(text('Location code: they are to go from there.')) },
                  'Only these go from elsewhere; absent: all.',
                ),
              ),
            },
            'It was asked back, and how.',
          ),
        ),
        shipGroupId: text('The ship group that its lines belong to.'),
        instructions: optional(text('Of its ship group: for whoever packs it, or hands it over.')),
        cancellations: list(
          object({ cancellationId: uuid(), lines: list(lineQuantity), reason }),
          'Units of it that are to be cancelled; whoever holds the goods has not answered yet.',
        ),
        lost: list(lineQuantity, 'Units of it that were not at the location.'),
        short: list(lineQuantity, 'Units that were found missing when it was picked: they are no part of it any more.'),
        arrived: optional(
          object(
            { parcels: list(text()), lines: list(lineQuantity) },
            'Of what is sent to a store first: parcels that are there, and what is in them.',
          ),
        ),
        pickup: optional(pickup),
        hold: optional(object({ holdId: uuid(), reason, heldAt: time() }, 'Its location has stopped it.')),
      }),
    ),
    unfilled: list(
      object({
        ...lineQuantity.shape,
        shipGroupId: text(),
        forStock: optional(
          object(
            {
              decisionId: uuid('The decision that found nobody.'),
              attempt: integer('How often they were brokered then, this time included.'),
              because: oneOf(['short', 'split-limit', 'no-capacity', 'attempts-exhausted'], 'Why nobody was found.'),
              notAt: list(text(), 'Location codes: whatever arrives there changes nothing.'),
            },
            'They are offered whatever stock arrives, by themselves; absent: a person, or the reservation of the order, is waited for.',
          ),
        ),
        unreserved: optional(truth('The order holds no reservation for them: they go, by themselves, once it does.')),
      }),
      'Lines that nobody can ship, as last decided.',
    ),
    held: list(
      object({ ...lineQuantity.shape, shipGroupId: text(), attempt: integer('1 for the first brokering of these lines.') }),
      'Lines that may be shipped once nothing holds them.',
    ),
    closed: optional(text('Why nothing is brokered any more.')),
  }),
);

const listed = answerOf<ListedFulfillment>()(
  'ListedFulfillment',
  object({
    ...fulfillment,
    orderId,
    priority,
    country: nullable(country()),
    instructions: nullable(text('Of its ship group: for whoever packs it, or hands it over.')),
    acceptBy: nullable(time('It is to be accepted until then; null: it need not.')),
    acceptedAt: nullable(time()),
    overdue: truth('It was not accepted in time, and is not yet.'),
    collectBy: nullable(time('The customer is to fetch it until then; null: it does not wait for that.')),
  }),
);
export const fulfillmentPage = pageAnswer(listed);
