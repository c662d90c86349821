import type { Reason } from '@cartage/contracts';
import { type DataOf, type Decider, deciding, derivedId, type Named, Refused } from '@cartage/eventsourcing';
import { FAR, withoutSurplus } from './balances/surplus';
import {
  availableIn,
  evolve,
  isExpired,
  restOf,
  type Balance,
  type BalanceEvent,
  type BalanceOperation,
  type Holder,
  type OpenBalance,
} from './balances/balance';

interface At {
  readonly balanceId: string;
  /** Of the movement: another time with the same one moves nothing. */
  readonly movementId: string;
  readonly now: string;
}

/** What an order’s payment asks. */
interface Asked extends At {
  readonly orderId: string;
  readonly paymentId: string;
  readonly currency: string;
  readonly amount: number;
}

interface Credit {
  readonly amount: number;
  readonly cause: 'sold' | 'topped-up' | 'goodwill';
  readonly reason?: Reason;
  readonly orderId?: string;
  readonly reference?: string;
  readonly expiresAt?: string;
}

export type BalanceCommand =
  | Named<'IssueBalance', At & { readonly holder: Holder; readonly credit: Credit }>
  | Named<'CreditBalance', At & Credit>
  | Named<'AdjustBalance', At & { readonly amount: number; readonly reason: Reason; readonly reference?: string }>
  | Named<'FreezeBalance', At & { readonly reason: Reason }>
  | Named<'UnfreezeBalance', At & { readonly reason: Reason }>
  | Named<'ExpireBalance', At & { readonly expiresAt: string }>
  /** `holder`: of an exchange, which begins with whoever comes first. */
  | Named<'Reserve', Asked & { readonly holder?: Holder }>
  /** Of an exchange: the order that it was to pay for has ended unshipped. */
  | Named<'CloseExchange', At & { readonly holder: Holder }>
  | Named<'CaptureReserved', Asked & { readonly reservationId: string }>
  | Named<'ReleaseReserved', Asked & { readonly reservationId: string }>
  /** `holder`: whose it becomes, should he have none yet. What comes back is good for at least until `goodUntil`. */
  | Named<'RefundToBalance', Asked & { readonly refundId: string; readonly holder?: Holder; readonly goodUntil: string }>;

type Command<Type extends BalanceCommand['type']> = DataOf<BalanceCommand, Type>;

const requireOpen = (balance: Balance): OpenBalance => {
  if (balance.status === 'none') throw new Refused('BALANCE_UNKNOWN', 'No such balance is known here.', 'unknown');
  return balance;
};

const opened = ({ balanceId, kind, currency, ...holder }: Holder, now: string): BalanceEvent => ({
  type: 'BalanceOpened',
  data: { balanceId, kind, currency, ...holder, openedAt: now },
});

const lapsed = (expiresAt: string): Refused =>
  new Refused('EXPIRY_PAST', `${expiresAt} is over.`, 'invalid', [
    { field: 'expiresAt', code: 'EXPIRY_PAST', message: 'Give a time to come.' },
  ]);

const credited = ({ balanceId, movementId, now }: At, currency: string, credit: Credit): BalanceEvent => {
  if (credit.expiresAt !== undefined && credit.expiresAt <= now) throw lapsed(credit.expiresAt);
  return { type: 'BalanceCredited', data: { balanceId, movementId, currency, ...credit, creditedAt: now } };
};

/** A code is one card for ever. */
const issue = (command: Command<'IssueBalance'>, balance: Balance): readonly BalanceEvent[] => {
  const { holder, credit, now } = command;
  if (balance.status === 'none') return [opened(holder, now), credited(command, holder.currency, credit)];
  if (balance.answers.has(command.movementId)) return [];
  if (holder.kind === 'gift-card') throw new Refused('CODE_TAKEN', 'A gift card with this code was issued before.', 'conflict');
  return [credited(command, balance.currency, credit)];
};

const creditMore = ({ balanceId, movementId, now, ...credit }: Command<'CreditBalance'>, balance: Balance): readonly BalanceEvent[] => {
  const open = requireOpen(balance);
  return open.answers.has(movementId) ? [] : [credited({ balanceId, movementId, now }, open.currency, credit)];
};

const insufficient = (available: number): Refused =>
  new Refused('BALANCE_INSUFFICIENT', `Only ${available} of it is not promised or spent.`, 'invalid', [
    { field: 'amount', code: 'BALANCE_INSUFFICIENT', message: `At least ${-available}.` },
  ]);

const adjust = (command: Command<'AdjustBalance'>, balance: Balance): readonly BalanceEvent[] => {
  const { balanceId, movementId, amount, reason, reference, now } = command;
  const open = requireOpen(balance);
  if (open.answers.has(movementId) || amount === 0) return [];
  if (-amount > availableIn(open)) throw insufficient(availableIn(open));
  const { currency } = open;
  const base = { balanceId, movementId, currency, cause: 'adjusted', reason, ...(reference === undefined ? {} : { reference }) };
  return amount > 0
    ? [{ type: 'BalanceCredited', data: { ...base, amount, creditedAt: now } }]
    : [{ type: 'BalanceDebited', data: { ...base, amount: -amount, debitedAt: now } }];
};

const freeze = ({ balanceId, reason, now }: Command<'FreezeBalance'>, balance: Balance): readonly BalanceEvent[] =>
  requireOpen(balance).frozen ? [] : [{ type: 'BalanceFrozen', data: { balanceId, reason, frozenAt: now } }];

const unfreeze = ({ balanceId, reason, now }: Command<'UnfreezeBalance'>, balance: Balance): readonly BalanceEvent[] =>
  requireOpen(balance).frozen ? [{ type: 'BalanceUnfrozen', data: { balanceId, reason, unfrozenAt: now } }] : [];

/** What is not promised ends with its time; what is promised ends if it comes back unused. */
const expired = (open: OpenBalance, { balanceId, movementId, now }: At): readonly BalanceEvent[] => {
  const amount = availableIn(open);
  if (!isExpired(open, now) || amount <= 0) return [];
  const { currency } = open;
  return [{ type: 'BalanceDebited', data: { balanceId, movementId, currency, amount, cause: 'expired', debitedAt: now } }];
};

/** A refund since, or somebody who paid in, may have given it another end. */
const expire = (command: Command<'ExpireBalance'>, balance: Balance): readonly BalanceEvent[] => {
  const open = requireOpen(balance);
  return open.expiresAt === command.expiresAt ? expired(open, command) : [];
};

const declined = (
  operation: BalanceOperation,
  { balanceId, movementId, orderId, ...asked }: Asked & { readonly code: string },
): BalanceEvent => ({
  type: 'BalanceDeclined',
  data: {
    balanceId,
    movementId,
    operation,
    currency: asked.currency,
    amount: asked.amount,
    orderId,
    code: asked.code,
    declinedAt: asked.now,
  },
});

/** The first promise of an exchange is given on goods that are to come back. */
const isLent = ({ kind, reservations }: OpenBalance): boolean => kind === 'exchange' && reservations.size === 0;

/** Why nothing can be promised, or nothing. */
const obstacle = (open: OpenBalance, { currency, amount, now }: Asked): string | undefined => {
  if (currency !== open.currency) return 'currency-differs';
  if (open.frozen) return 'balance-frozen';
  if (isExpired(open, now)) return 'balance-expired';
  return amount > availableIn(open) && !isLent(open) ? 'balance-insufficient' : undefined;
};

const moneyOf = ({ balanceId, movementId, currency, amount }: Asked) => ({ balanceId, movementId, currency, amount });

/** Opened with what it is asked for, where nobody did before. */
const opening =
  <Asking extends { readonly holder?: Holder; readonly now: string }>(
    decide: (asked: Asking, open: OpenBalance) => readonly BalanceEvent[],
  ) =>
  (asked: Asking, balance: Balance): readonly BalanceEvent[] => {
    if (balance.status !== 'none' || !asked.holder) return decide(asked, requireOpen(balance));
    const first = opened(asked.holder, asked.now);
    return [first, ...decide(asked, requireOpen(evolve(balance, first)))];
  };

const reserve = (asked: Command<'Reserve'>, open: OpenBalance): readonly BalanceEvent[] => {
  if (open.answers.has(asked.movementId)) return [];
  const code = obstacle(open, asked);
  if (code !== undefined) return [declined('authorize', { ...asked, code })];
  const { orderId, paymentId, now } = asked;
  return [{ type: 'BalanceReserved', data: { ...moneyOf(asked), orderId, paymentId, reservedAt: now } }];
};

/** The part of a promise that is asked for; nothing, where it holds less. */
const within = (open: OpenBalance, { reservationId, amount }: { readonly reservationId: string; readonly amount: number }): boolean => {
  const reservation = open.reservations.get(reservationId);
  return reservation !== undefined && amount <= restOf(reservation);
};

/** What was promised is paid, whatever has become of the balance since. */
const capture = (asked: Command<'CaptureReserved'>, balance: Balance): readonly BalanceEvent[] => {
  const open = requireOpen(balance);
  if (open.answers.has(asked.movementId)) return [];
  if (!within(open, asked)) return [declined('capture', { ...asked, code: 'exceeds-what-was-promised' })];
  const { orderId, reservationId, now } = asked;
  return [{ type: 'BalanceDebited', data: { ...moneyOf(asked), cause: 'captured', orderId, reservationId, debitedAt: now } }];
};

const release = (asked: Command<'ReleaseReserved'>, balance: Balance): readonly BalanceEvent[] => {
  const open = requireOpen(balance);
  if (open.answers.has(asked.movementId)) return [];
  if (!within(open, asked)) return [declined('void', { ...asked, code: 'exceeds-what-was-promised' })];
  const { orderId, paymentId, reservationId, now } = asked;
  const event: BalanceEvent = { type: 'BalanceReleased', data: { ...moneyOf(asked), orderId, paymentId, reservationId, releasedAt: now } };
  return [event, ...expired(requireOpen(evolve(open, event)), { ...asked, movementId: derivedId(asked.movementId, FAR) })];
};

/** Money that comes back is never worth less than it was: a balance that has ended, or will soon, ends later. */
const refund = (asked: Command<'RefundToBalance'>, open: OpenBalance): readonly BalanceEvent[] => {
  const { orderId, refundId, goodUntil, now } = asked;
  if (open.answers.has(asked.movementId)) return [];
  if (asked.currency !== open.currency) return [declined('refund', { ...asked, code: 'currency-differs' })];
  const prolonged = open.expiresAt !== undefined && open.expiresAt < goodUntil ? { expiresAt: goodUntil } : {};
  return [{ type: 'BalanceCredited', data: { ...moneyOf(asked), cause: 'refund', orderId, refundId, ...prolonged, creditedAt: now } }];
};

const orderEnded: Reason = { code: 'order-ended', by: 'system' };

const closeExchange = ({ balanceId, now }: Command<'CloseExchange'>, open: OpenBalance): readonly BalanceEvent[] =>
  open.frozen ? [] : [{ type: 'BalanceFrozen', data: { balanceId, reason: orderEnded, frozenAt: now } }];

const decide = deciding<BalanceCommand, Balance, BalanceEvent>({
  IssueBalance: issue,
  CreditBalance: creditMore,
  AdjustBalance: adjust,
  FreezeBalance: freeze,
  UnfreezeBalance: unfreeze,
  ExpireBalance: expire,
  Reserve: opening(reserve),
  CloseExchange: opening(closeExchange),
  CaptureReserved: capture,
  ReleaseReserved: release,
  RefundToBalance: opening(refund),
});

/**
 * A gift card, a store credit, or what an exchange is paid with: what is owed on it, and what of that is promised. Each is a stream of its own, so that of two who ask at once, in whatever processes, one decides on
 * what the other has written: together they never get more than there is.
 */
export const balance: Decider<BalanceCommand, Balance, BalanceEvent> = {
  initial: { status: 'none' },
  evolve,
  decide: (command, state) => withoutSurplus(decide(command, state), state, command.data),
};
