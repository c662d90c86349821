import { currency, integer, list, money, nullable, object, oneOf, orderId, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import { balanceKinds, type BalanceRow } from '../../app/views/balance-list';
import type { BalanceMovementRow } from '../../app/views/balance-movement';
import { availableIn, reservedIn, restOf, type OpenBalance } from '../../domain/balances/balance';

const shape = {
  balanceId: uuid(),
  kind: oneOf(balanceKinds),
  currency: currency(),
  owed: integer('What we owe on it, promised or not; of an exchange in advance below zero, until its goods are back. Minor units.'),
  available: integer('What of it can be spent. Minor units.'),
  last4: nullable(text('The end of a gift card’s code.')),
  customerId: nullable(text('Whose store credit it is, as the channel names him in orders.')),
  orderId: nullable(uuid('Of an exchange: the order that it pays for.')),
  frozen: nullable(text('Why nothing of it can be spent: a stable code.')),
  expiresAt: nullable(time('When what is left ends.')),
};

export const balanceRow = answerOf<BalanceRow>()('BalanceRow', object(shape));
export const balancePage = pageAnswer(balanceRow);

const shown = {
  ...shape,
  version: integer('Events of it so far.'),
  reserved: money('What of it is promised for orders. Minor units.'),
  reservations: list(
    object({
      movementId: uuid('The movement that promised it.'),
      orderId,
      amount: money('What of it is neither taken nor given back. Minor units.'),
    }),
    'For which orders.',
  ),
};

export const rowOf = ({
  balanceId,
  kind,
  currency: of,
  owed,
  last4,
  customerId,
  orderId: pays,
  frozen,
  expiresAt,
  ...rest
}: OpenBalance): BalanceRow => ({
  ...{ balanceId, kind, currency: of, owed },
  available: availableIn({ balanceId, kind, currency: of, owed, ...rest }),
  last4: last4 ?? null,
  customerId: customerId ?? null,
  orderId: pays ?? null,
  frozen: frozen?.code ?? null,
  expiresAt: expiresAt ?? null,
});

export const shownOf = (balance: OpenBalance, version: number) => ({
  ...rowOf(balance),
  version,
  reserved: reservedIn(balance),
  reservations: [...balance.reservations]
    .filter(([, reservation]) => restOf(reservation) > 0)
    .map(([movementId, reservation]) => ({ movementId, orderId: reservation.orderId, amount: restOf(reservation) })),
});
export type BalanceShown = ReturnType<typeof shownOf>;

export const balanceAnswer = answerOf<BalanceShown>()('Balance', object(shown));

export type IssuedCard = BalanceShown & { readonly code: string };
export const issuedCard = answerOf<IssuedCard>()(
  'IssuedGiftCard',
  object({ ...shown, code: text('What the customer pays with. It is kept nowhere: only a repeat of this request answers with it again.') }),
);

export const balanceMovementRow = answerOf<BalanceMovementRow>()(
  'BalanceMovement',
  object({
    movementId: uuid(),
    version: integer(),
    kind: text('`sold`, `topped-up`, `goodwill`, `refund`, `adjusted`, `reserved`, `released`, `captured` or `expired`.'),
    currency: currency(),
    amount: money(),
    effect: money('What it adds to what we owe: their sum is `owed`. Minor units.'),
    owed: money('What we owed after it. Minor units.'),
    available: money('What of it could be spent after it. Minor units.'),
    orderId: nullable(uuid()),
    reference: nullable(text()),
    reason: nullable(text()),
    movedAt: time(),
  }),
);
export const balanceMovementPage = pageAnswer(balanceMovementRow);
