import { restOf, type Authorization, type Ledger, type Taken } from './ledger';
import { openCaptures, openCash } from './refundable';
import { CHANNEL, CREDIT } from './terms';

/**
 * Which tender is taken first: credit that we owe anyway, then what the channel has, then what providers promised, in the order in which the customer named them, and
 * cash at the door for what is left. Refunds go back in the reverse order: credit is the last to be given back.
 */
const rankOf = ({ method, mover }: Pick<Authorization, 'method' | 'mover'>): number => {
  if (method === 'cod') return 3;
  if (mover === CREDIT) return 0;
  return mover === CHANNEL ? 1 : 2;
};

export const inCaptureOrder = <Tender extends Pick<Authorization, 'method' | 'mover'>>(tenders: Iterable<Tender>): readonly Tender[] =>
  [...tenders].sort((a, b) => rankOf(a) - rankOf(b));

export interface Drawn {
  readonly authorization: Authorization;
  readonly amount: number;
}

/** From which promises an amount is taken, and how much none of them holds. */
export const drawnFrom = (ledger: Ledger, amount: number): { readonly drawn: readonly Drawn[]; readonly missing: number } => {
  let missing = amount;
  const drawn = inCaptureOrder(ledger.authorizations.values()).flatMap((authorization) => {
    const part = authorization.replaced ? 0 : Math.min(missing, restOf(ledger, authorization));
    missing -= Math.max(0, part);
    return part > 0 ? [{ authorization, amount: part }] : [];
  });
  return { drawn, missing };
};

/** What of a refund goes back to one way of paying. */
export interface RefundPart {
  readonly paymentId: string;
  readonly method: string;
  readonly mover: string;
  readonly amount: number;
  /** Of which captures; of none, where the carrier took cash. */
  readonly captures: readonly Taken[];
}

const taking = (open: readonly Taken[], amount: number): readonly Taken[] => {
  let left = amount;
  return open.flatMap(({ captureId, ...capture }) => {
    const part = Math.min(left, capture.amount);
    left -= part;
    return part > 0 ? [{ captureId, amount: part }] : [];
  });
};

const total = (taken: readonly Taken[]): number => taken.reduce((sum, { amount }) => sum + amount, 0);

/** The newest word on each way of paying that ever held a promise. */
const waysOf = ({ authorizations }: Ledger): readonly Authorization[] => [
  ...new Map([...authorizations.values()].map((each) => [each.paymentId, each])).values(),
];

/**
 * To which ways of paying a refund goes back: the reverse of the order in which they are taken. Within one, of the first capture first, so that few are touched and each
 * of them whole. `only` one of them, where it is tried again.
 */
export const refundParts = (ledger: Ledger, amount: number, only?: string): readonly RefundPart[] => {
  let left = amount;
  return inCaptureOrder(waysOf(ledger))
    .toReversed()
    .filter(({ paymentId }) => only === undefined || paymentId === only)
    .flatMap(({ paymentId, method, mover }) => {
      const open = openCaptures(ledger, paymentId);
      const part = Math.min(left, method === 'cod' ? openCash(ledger) : total(open));
      left -= Math.max(0, part);
      return part > 0 ? [{ paymentId, method, mover, amount: part, captures: method === 'cod' ? [] : taking(open, part) }] : [];
    });
};
