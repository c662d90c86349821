import { contractsOf } from './event';
import { amount, orderId, reason } from './parts';
import { currency, object, oneOf, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment, 'balance', 'subject');

/** A gift card, what a customer has to his credit, or what an exchange is paid with, in one currency. */
const balance = { balanceId: uuid() };
const moved = { ...balance, movementId: uuid('Of the movement; the same when it is told again.'), ...amount };
/** What of an order it pays for or comes from. */
const of = { orderId, paymentId: uuid('As in `OrderPlaced`.') };

export const creditCauses = ['sold', 'topped-up', 'goodwill', 'refund', 'adjusted'] as const;
const debitCauses = ['captured', 'adjusted', 'expired', 'returned'] as const;

export const BalanceOpened = event(
  'BalanceOpened',
  'A gift card was issued, a customer got a first store credit in a currency, or an exchange began. It holds nothing yet.',
  object({
    ...balance,
    kind: oneOf(['gift-card', 'store-credit', 'exchange']),
    currency: currency(),
    last4: optional(text('The end of a gift card’s code: all of it that is shown after it was issued.')),
    orderId: optional(uuid('Of an exchange: the order that it pays for.')),
    customerId: optional(text('Whose store credit it is, where that is known by the channel’s own number of the customer.')),
    openedAt: time(),
  }),
);

export const BalanceCredited = event(
  'BalanceCredited',
  'We owe more on a balance.',
  object({
    ...moved,
    cause: word(creditCauses, 'another reason to owe more'),
    orderId: optional(uuid('The order that it was sold in, or whose refund it is.')),
    refundId: optional(uuid('The refund that came back to it.')),
    reference: optional(text('A number that whoever asked for it gave.')),
    reason: optional(reason),
    expiresAt: optional(time('From now on what is left ends then.')),
    creditedAt: time(),
  }),
);

export const BalanceReserved = event(
  'BalanceReserved',
  'A part of a balance is promised for an order: nobody else can spend it.',
  object({ ...moved, ...of, reservedAt: time() }),
);

export const BalanceReleased = event(
  'BalanceReleased',
  'A part of a promise was not needed: it can be spent again.',
  object({ ...moved, ...of, reservationId: uuid('The movement that promised it.'), releasedAt: time() }),
);

export const BalanceDebited = event(
  'BalanceDebited',
  'We owe less on a balance.',
  object({
    ...moved,
    cause: word(debitCauses, 'another reason to owe less'),
    orderId: optional(uuid('The order that it paid for, or that it went back to (`returned`).')),
    reservationId: optional(uuid('The movement that had promised it.')),
    reference: optional(text('A number that whoever asked for it gave.')),
    reason: optional(reason),
    debitedAt: time(),
  }),
);

export const BalanceFrozen = event(
  'BalanceFrozen',
  'Nothing more can be promised from a balance, until it is unfrozen. What was promised before still is.',
  object({ ...balance, reason, frozenAt: time() }),
);

export const BalanceUnfrozen = event(
  'BalanceUnfrozen',
  'A balance can be spent again.',
  object({ ...balance, reason, unfrozenAt: time() }),
);
