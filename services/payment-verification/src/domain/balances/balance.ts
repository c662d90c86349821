import type { PaymentEvent as PublicEvent, Reason } from '@cartage/contracts';
import { evolving, type DataOf, type Named } from '@cartage/eventsourcing';

type Public<Type extends PublicEvent['type']> = Extract<PublicEvent, { type: Type }>;

export type BalanceKind = 'gift-card' | 'store-credit' | 'exchange';
/** What an order’s payment may ask of a balance: the operations of a payment provider. */
export type BalanceOperation = 'authorize' | 'capture' | 'void' | 'refund';

export type BalanceEvent =
  /** The keyed hash of the contact whose credit it is stays inside. */
  | Named<'BalanceOpened', Public<'BalanceOpened'>['data'] & { readonly contact?: string }>
  | Public<'BalanceCredited'>
  | Public<'BalanceReserved'>
  | Public<'BalanceReleased'>
  | Public<'BalanceDebited'>
  | Public<'BalanceFrozen'>
  | Public<'BalanceUnfrozen'>
  /** A refusal is kept, so that it is the same however often it is asked for. */
  | Named<
      'BalanceDeclined',
      {
        readonly balanceId: string;
        readonly movementId: string;
        readonly operation: BalanceOperation;
        readonly currency: string;
        readonly amount: number;
        readonly orderId: string;
        readonly code: string;
        readonly declinedAt: string;
      }
    >;

/** Whose it is and what it is kept in: known before it is opened. */
export interface Holder {
  readonly balanceId: string;
  readonly kind: BalanceKind;
  readonly currency: string;
  readonly last4?: string;
  readonly customerId?: string;
  readonly contact?: string;
  /** Of an exchange: the order that it pays for. */
  readonly orderId?: string;
}

/** What is promised for an order. */
export interface Reservation {
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly captured: number;
  readonly released: number;
}

/** How a movement was answered, by its id: another request with the same one is a mistake. */
export interface Answered {
  readonly operation: string;
  readonly amount: number;
  readonly orderId?: string;
  /** Why it was refused. */
  readonly declined?: string;
}

export interface OpenBalance extends Holder {
  readonly status: 'open';
  /** What we owe on it, whether it is promised or not. */
  readonly owed: number;
  readonly expiresAt?: string;
  readonly frozen?: Reason;
  readonly reservations: ReadonlyMap<string, Reservation>;
  readonly answers: ReadonlyMap<string, Answered>;
  /** Of an exchange: what came from the order whose goods come back, and what of it went back there. */
  readonly origin?: Origin;
}

export interface Origin {
  readonly orderId: string;
  readonly credited: number;
  readonly returned: number;
}
export type Balance = { readonly status: 'none' } | OpenBalance;

export const balanceStream = (balanceId: string): string => `balance-${balanceId}`;

/** What of a promise is neither taken nor given back. */
export const restOf = ({ amount, captured, released }: Reservation): number => amount - captured - released;

export const reservedIn = ({ reservations }: OpenBalance): number =>
  [...reservations.values()].reduce((sum, each) => sum + restOf(each), 0);

/** What can be promised. */
export const availableIn = (balance: OpenBalance): number => balance.owed - reservedIn(balance);

export const isExpired = ({ expiresAt }: Pick<OpenBalance, 'expiresAt'>, now: string): boolean =>
  expiresAt !== undefined && expiresAt <= now;

const ifOpen = (balance: Balance, change: (open: OpenBalance) => OpenBalance): Balance =>
  balance.status === 'none' ? balance : change(balance);

interface Movement {
  readonly movementId: string;
  readonly amount: number;
  readonly orderId?: string | undefined;
  /** Why it came to nothing. */
  readonly declined?: string | undefined;
}

const answered = (open: OpenBalance, operation: string, { movementId, amount, orderId, declined }: Movement): OpenBalance => ({
  ...open,
  answers: new Map(open.answers).set(movementId, {
    ...{ operation, amount },
    ...(orderId === undefined ? {} : { orderId }),
    ...(declined === undefined ? {} : { declined }),
  }),
});

const withReservation = (open: OpenBalance, id: string, change: (before: Reservation) => Reservation): OpenBalance => {
  const before = open.reservations.get(id);
  return before ? { ...open, reservations: new Map(open.reservations).set(id, change(before)) } : open;
};

/** What is refunded to an exchange by any order but the one that it pays for. */
const fromOrigin = (
  open: OpenBalance,
  { cause, orderId, amount }: DataOf<BalanceEvent, 'BalanceCredited'>,
): Pick<OpenBalance, 'origin'> => {
  if (open.kind !== 'exchange' || cause !== 'refund' || orderId === undefined || orderId === open.orderId) return {};
  const { credited: before = 0, returned = 0 } = open.origin ?? {};
  return { origin: { orderId, credited: before + amount, returned } };
};

const toOrigin = ({ origin }: OpenBalance, { cause, amount }: DataOf<BalanceEvent, 'BalanceDebited'>): Pick<OpenBalance, 'origin'> =>
  origin && cause === 'returned' ? { origin: { ...origin, returned: origin.returned + amount } } : {};

const credited = (open: OpenBalance, data: DataOf<BalanceEvent, 'BalanceCredited'>): OpenBalance => ({
  ...answered(open, data.cause === 'refund' ? 'refund' : 'credit', data),
  ...fromOrigin(open, data),
  owed: open.owed + data.amount,
  ...(data.expiresAt === undefined ? {} : { expiresAt: data.expiresAt }),
});

const debited = (open: OpenBalance, data: DataOf<BalanceEvent, 'BalanceDebited'>): OpenBalance => ({
  ...answered(
    withReservation(open, data.reservationId ?? '', (before) => ({ ...before, captured: before.captured + data.amount })),
    data.cause === 'captured' ? 'capture' : 'debit',
    data,
  ),
  ...toOrigin(open, data),
  owed: open.owed - data.amount,
});

const reserved = (open: OpenBalance, data: DataOf<BalanceEvent, 'BalanceReserved'>): OpenBalance => {
  const { movementId, orderId, paymentId, amount } = data;
  const reservation = { orderId, paymentId, amount, captured: 0, released: 0 };
  return { ...answered(open, 'authorize', data), reservations: new Map(open.reservations).set(movementId, reservation) };
};

const released = (open: OpenBalance, data: DataOf<BalanceEvent, 'BalanceReleased'>): OpenBalance =>
  answered(
    withReservation(open, data.reservationId, (before) => ({ ...before, released: before.released + data.amount })),
    'void',
    data,
  );

/** What follows from what happened to a balance. */
export const evolve = evolving<Balance, BalanceEvent>({
  BalanceOpened: (_, { openedAt: __, ...holder }) => ({
    ...holder,
    ...{ status: 'open', owed: 0, reservations: new Map(), answers: new Map() },
  }),
  BalanceCredited: (balance, data) => ifOpen(balance, (open) => credited(open, data)),
  BalanceReserved: (balance, data) => ifOpen(balance, (open) => reserved(open, data)),
  BalanceReleased: (balance, data) => ifOpen(balance, (open) => released(open, data)),
  BalanceDebited: (balance, data) => ifOpen(balance, (open) => debited(open, data)),
  BalanceFrozen: (balance, { reason }) => ifOpen(balance, (open) => ({ ...open, frozen: reason })),
  BalanceUnfrozen: (balance) => ifOpen(balance, ({ frozen: _, ...open }) => open),
  BalanceDeclined: (balance, data) => ifOpen(balance, (open) => answered(open, data.operation, { ...data, declined: data.code })),
});
