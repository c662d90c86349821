import { derivedId } from '@cartage/eventsourcing';
import { availableIn, evolve, type Balance, type BalanceEvent } from './balance';

/** From the ids of other movements, which follow each other. */
export const FAR = 2 ** 40;

interface Movement {
  readonly balanceId: string;
  readonly movementId: string;
  readonly now: string;
}

/** What an exchange has beyond what the other goods cost: known once their order has been heard of. Never more than came from the order whose goods came back. */
const surplusOf = (balance: Balance): number => {
  if (balance.status === 'none' || !balance.origin || (balance.reservations.size === 0 && !balance.frozen)) return 0;
  const { credited: came, returned } = balance.origin;
  return Math.min(availableIn(balance), came - returned);
};

/** It keeps nothing that is not needed: that goes back to the order that it came from. */
export const withoutSurplus = (
  decided: readonly BalanceEvent[],
  before: Balance,
  { balanceId, movementId, now }: Movement,
): readonly BalanceEvent[] => {
  if (decided.length === 0) return decided;
  const after = decided.reduce(evolve, before);
  const amount = surplusOf(after);
  if (after.status === 'none' || !after.origin || amount <= 0) return decided;
  const { currency, origin } = after;
  const moved = { balanceId, movementId: derivedId(movementId, 2 * FAR), currency, amount };
  return [...decided, { type: 'BalanceDebited', data: { ...moved, cause: 'returned', orderId: origin.orderId, debitedAt: now } }];
};
