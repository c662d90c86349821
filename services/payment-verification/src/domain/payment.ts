import type { Reason, Verdict } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { Charge, Ledger } from './ledger';
import type { Terms } from './terms';
import type { CustomerFacts } from './verification';

export interface ReviewDecision {
  readonly decision: 'accept' | 'reject';
  readonly note: string;
}

interface Verified {
  readonly terms: Terms;
  readonly requestedAt: string;
  readonly verdict: Verdict;
  readonly facts: CustomerFacts;
  readonly review?: ReviewDecision;
}

/** It waits for a person. */
export interface UnderReview extends Verified {
  readonly status: 'under-review';
  readonly requiredAt: string;
  readonly assignee?: string;
  readonly decideBy?: string;
  /** When it had waited too long. */
  readonly escalatedAt?: string;
}

export interface Authorizing extends Verified {
  readonly status: 'authorizing';
  readonly authorizationId: string;
  /** Why the order ended while the provider was being asked. */
  readonly abandoned?: Reason;
}

/** The money is promised: from here on there is a ledger. */
export interface Promised extends Verified {
  readonly status: 'authorized' | 'cod-accepted';
  /** Who moves the money: a provider’s adapter, the channel, or nobody. */
  readonly mover: string;
  readonly authorizationId?: string;
  /** The provider’s own number of the authorisation. */
  readonly reference?: string;
  readonly expiresAt?: string;
  readonly ledger: Ledger;
}

export type Known =
  /** Judged, and nothing has followed from it yet. */
  | (Verified & { readonly status: 'requested' })
  | UnderReview
  | Authorizing
  | (Verified & { readonly status: 'declined'; readonly reason: Reason })
  /** The order ended before any money was promised. */
  | (Verified & { readonly status: 'abandoned'; readonly reason: Reason })
  | Promised;

/** The payment of one order. */
export type Payment = { readonly status: 'none' } | Known;

export const isPromised = (payment: Payment): payment is Promised => payment.status === 'authorized' || payment.status === 'cod-accepted';

/** What of a payment every later status keeps. */
export const verifiedOf = ({ terms, requestedAt, verdict, facts, review }: Known): Verified => ({
  terms,
  requestedAt,
  verdict,
  facts,
  ...(review === undefined ? {} : { review }),
});

/** Its order has not been heard of: that may only be early. */
export const requireKnown = (orderId: string, payment: Payment): Known => {
  if (payment.status === 'none') throw new Refused('PAYMENT_UNKNOWN', `No payment of order ${orderId} is known here.`, 'unknown');
  return payment;
};

/** Money can move only on a promise: before it, that is early; after a refusal of it, never. */
export const requirePromised = (orderId: string, payment: Payment): Promised => {
  const known = requireKnown(orderId, payment);
  if (isPromised(known)) return known;
  if (known.status === 'declined' || known.status === 'abandoned')
    throw new Refused('PAYMENT_NOT_PROMISED', `The payment of order ${orderId} is ${known.status}: no money can move.`);
  throw new Refused('PAYMENT_PENDING', `The payment of order ${orderId} is ${known.status}; nothing is promised yet.`, 'unknown');
};

/** Dispatch is heard before delivery; a shipment that was never charged is early too. */
export const requireCharge = ({ terms, ledger }: Promised, shipmentId: string): Charge => {
  const charge = ledger.charges.get(shipmentId);
  if (!charge)
    throw new Refused('SHIPMENT_UNKNOWN', `No dispatch of shipment ${shipmentId} of order ${terms.orderId} was heard of.`, 'unknown');
  return charge;
};
