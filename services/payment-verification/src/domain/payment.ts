import type { Reason, Verdict } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { dueOf, type CancelledUnits } from './due';
import { isUnknown, refundKey, toCome, unpaid, type Authorization, type Charge, type Ledger, type Refund } from './ledger';
import type { PayLink } from './pay-links';
import { isCod, type PaymentTerms, type Terms } from './terms';
import type { CustomerFacts } from './verification';

export interface ReviewDecision {
  readonly decision: 'accept' | 'reject';
  readonly note: string;
}

/** What a person has looked at: how much it came to, and which rules spoke. */
export interface Review extends ReviewDecision {
  readonly total: number;
  readonly rules: readonly string[];
}

/** What an edit added and a person has to decide about: until then nobody is asked for it, and what was promised before stands. */
export interface Raise {
  readonly orderVersion: number;
  readonly verdict: Verdict;
}

/** How it waits for a person. */
export interface Waiting {
  readonly requiredAt: string;
  readonly assignee?: string;
  readonly decideBy?: string;
  /** When it had waited too long. */
  readonly escalatedAt?: string;
}

/** The payment of an order that was heard of. */
export interface Known {
  /** How it was judged; `abandoned`: its order ended before any money was promised. */
  readonly phase: 'requested' | 'under-review' | 'accepted' | 'rejected' | 'abandoned';
  readonly terms: Terms;
  readonly requestedAt: string;
  readonly verdict: Verdict;
  readonly facts: CustomerFacts;
  readonly review?: Review;
  /** It waits for a person, and the rest does not. */
  readonly raise?: Raise;
  /** What a person decided last, be it of the whole or of what an edit added. */
  readonly lastDecision?: ReviewDecision['decision'];
  /** It waits for a person. */
  readonly waiting?: Waiting;
  /** Why it was declined or abandoned. */
  readonly reason?: Reason;
  readonly cancelled: CancelledUnits;
  /** Why what is due was changed last. */
  readonly amended?: Reason;
  /** 1 is the order as it was placed. */
  readonly orderVersion: number;
  /** Ways of paying that others took the place of. */
  readonly replaced: ReadonlySet<string>;
  /** Links to what is due, by their id. */
  readonly links: ReadonlyMap<string, PayLink>;
  /** What came back for an exchange is worth so much; absent: not all of it is back. */
  readonly exchangeLimit?: number;
  readonly ledger: Ledger;
}

/** The payment of one order. */
export type Payment = { readonly phase: 'none' } | Known;

export const isKnown = (payment: Payment): payment is Known => payment.phase !== 'none';

/** Ways of paying that count. */
export const tendersOf = ({ terms, replaced }: Known): readonly PaymentTerms[] =>
  terms.payments.filter(({ paymentId }) => !replaced.has(paymentId));

export const due = ({ phase, terms, cancelled }: Known): number => (phase === 'abandoned' ? 0 : dueOf(terms, cancelled));

/** Whether all of it, or what an edit added, waits for a person. */
export const isUnderReview = ({ phase, raise }: Known): boolean => phase === 'under-review' || raise !== undefined;

export const latestOf = ({ ledger }: Known, { paymentId }: PaymentTerms): Authorization | undefined =>
  [...ledger.authorizations.values()].findLast((each) => each.paymentId === paymentId);

/** The newest word on each way of paying that counts. */
export const latestAuthorizations = (payment: Known): readonly Authorization[] =>
  tendersOf(payment).flatMap((tender) => latestOf(payment, tender) ?? []);

export const knownStatuses = [
  'requested',
  'under-review',
  'authorizing',
  'pending',
  'authorized',
  'cod-accepted',
  'declined',
  'expired',
  'abandoned',
] as const;
export type KnownStatus = (typeof knownStatuses)[number];

/** From the most urgent: what of several ways of paying the whole is called after. */
const byUrgency = [
  ['declined', 'declined'],
  ['requested', 'authorizing'],
  ['pending', 'pending'],
  ['expired', 'expired'],
] as const satisfies readonly (readonly [Authorization['status'], KnownStatus])[];

/** Where the promise of the money stands. What was declined stays so, though its order has ended since. */
export const statusOf = (payment: Known): KnownStatus => {
  if (payment.phase === 'rejected') return 'declined';
  const latest = latestAuthorizations(payment);
  if (payment.phase === 'abandoned' && latest.some(({ status }) => status === 'declined')) return 'declined';
  if (payment.phase !== 'accepted') return payment.phase;
  if (payment.raise) return 'under-review';
  const urgent = byUrgency.find(([status]) => latest.some((each) => each.status === status));
  if (urgent) return urgent[1];
  return latest.every(isCod) ? 'cod-accepted' : 'authorized';
};

/** Whether money was promised at any time: from then on some can move. */
export const isPromised = ({ ledger }: Known): boolean =>
  [...ledger.authorizations.values()].some(({ status }) => status === 'authorized' || status === 'expired');

const hasOpen = ({ captures, refunds, voids, chargebacks }: Ledger): boolean =>
  [captures, refunds, voids, chargebacks].some((things) =>
    [...things.values()].some(
      (each: { readonly status: string; readonly outcomeUnknown?: boolean }) => OPEN.has(each.status) || isUnknown(each),
    ),
  );
const OPEN: ReadonlySet<string> = new Set(['requested', 'waiting', 'open']);

/** Whether no money has to move any more, and nobody has to say anything; much may all the same. */
export const isOver = (payment: Payment): boolean =>
  isKnown(payment) &&
  !isUnderReview(payment) &&
  !hasOpen(payment.ledger) &&
  unpaid(payment.ledger) === 0 &&
  toCome(payment.ledger, payment.phase === 'rejected' ? 0 : due(payment)) === 0;

/** Its order has not been heard of: that may only be early. */
export const requireKnown = (orderId: string, payment: Payment): Known => {
  if (!isKnown(payment)) throw new Refused('PAYMENT_UNKNOWN', `No payment of order ${orderId} is known here.`, 'unknown');
  return payment;
};

/** Money can move only on a promise: before it, that is early; after a refusal of it, never. */
export const requirePromised = (orderId: string, payment: Payment): Known => {
  const known = requireKnown(orderId, payment);
  if (isPromised(known)) return known;
  const status = statusOf(known);
  if (status === 'declined' || status === 'abandoned')
    throw new Refused('PAYMENT_NOT_PROMISED', `The payment of order ${orderId} is ${status}: no money can move.`);
  throw new Refused('PAYMENT_PENDING', `The payment of order ${orderId} is ${status}; nothing is promised yet.`, 'unknown');
};

/** Dispatch is heard before delivery; a shipment that was never charged is early too. */
export const requireCharge = ({ terms, ledger }: Known, shipmentId: string): Charge => {
  const charge = ledger.charges.get(shipmentId);
  if (!charge)
    throw new Refused('SHIPMENT_UNKNOWN', `No dispatch of shipment ${shipmentId} of order ${terms.orderId} was heard of.`, 'unknown');
  return charge;
};

/** The parts of a refund, one for each way of paying that it goes back to. */
export const refundPartsOf = ({ ledger }: Known, refundId: string): readonly Refund[] =>
  [...ledger.refunds.values()].filter((refund) => refund.refundId === refundId);

export const refundPart = ({ ledger }: Known, refundId: string, paymentId: string): Refund | undefined =>
  ledger.refunds.get(refundKey(refundId, paymentId));
