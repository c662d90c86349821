import type { Verdict } from '@cartage/contracts';
import type { ReviewDecision } from './events';
import type { Ledger } from './ledger';
import type { Terms } from './terms';
import type { CustomerFacts } from './verification';

interface Requested {
  readonly terms: Terms;
}

interface Verified extends Requested {
  readonly verdict: Verdict;
  readonly facts: CustomerFacts;
  readonly review?: ReviewDecision;
}

export interface Authorizing extends Verified {
  readonly status: 'authorizing';
  /** Why the order ended while the provider was being asked. */
  readonly abandoned?: string;
}

export interface Declined extends Verified {
  readonly status: 'declined';
  readonly by: 'provider' | 'verification';
  readonly reason: string;
}

/** The money is promised: from here on there is a ledger. */
export interface Promised extends Verified {
  readonly status: 'authorized' | 'cod-accepted';
  /** Who moves the money: a provider’s adapter, the channel, or nobody. */
  readonly mover: string;
  readonly authorizationId?: string;
  readonly ledger: Ledger;
}

/** The payment of one order. */
export type Payment =
  | { readonly status: 'none' }
  | (Requested & { readonly status: 'requested' })
  | (Verified & { readonly status: 'verified' })
  | (Verified & { readonly status: 'under-review'; readonly assignee?: string })
  | Authorizing
  | Declined
  /** The order ended before any money was promised. */
  | (Verified & { readonly status: 'abandoned'; readonly reason: string })
  | Promised;

export type Known = Exclude<Payment, { status: 'none' }>;
type WithVerdict = Exclude<Known, { status: 'requested' }>;

export const isPromised = (payment: Payment): payment is Promised => payment.status === 'authorized' || payment.status === 'cod-accepted';

export const hasVerdict = (payment: Payment): payment is WithVerdict => payment.status !== 'none' && payment.status !== 'requested';

/** What of a verified payment every later status keeps. */
export const verifiedOf = ({ terms, verdict, facts, review }: WithVerdict): Verified => ({
  terms,
  verdict,
  facts,
  ...(review === undefined ? {} : { review }),
});
