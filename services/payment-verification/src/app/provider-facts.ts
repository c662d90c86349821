import type { Outcome } from '../domain/chargebacks/chargeback';
import type { ChargebackNotice } from './chargebacks';
import type { PayoutNotice } from './settlements/payouts';

/** Which promise of money a notice speaks of: by our own ids, where its provider was given them, or by the provider’s number of it. */
export interface OfPromise {
  readonly orderId?: string;
  readonly authorizationId?: string;
  readonly reference?: string;
}

/** Money that moved at a provider, with its number there; `attemptId`: the try of ours that moved it, where the provider was given it. */
export interface Moved extends OfPromise {
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  readonly attemptId?: string;
}

/** What a provider tells, in our words. */
export type ProviderFact =
  | (OfPromise & { readonly kind: 'authorized'; readonly reference: string; readonly expiresAt?: string })
  | (OfPromise & { readonly kind: 'declined'; readonly reason: string; readonly suspected?: boolean })
  /** It holds nothing any more: expired, voided, given up. */
  | (OfPromise & { readonly kind: 'ended' })
  | (Moved & { readonly kind: 'captured'; readonly restEnded?: boolean })
  | (Moved & { readonly kind: 'refunded' })
  | (Moved & { readonly kind: 'refund-failed'; readonly reason: string })
  | (Omit<ChargebackNotice, 'provider'> & { readonly kind: 'disputed'; readonly outcome?: Outcome })
  | (PayoutNotice & { readonly kind: 'payout' });

/** What it tells of the money of one promise. */
export type MoneyFact = Exclude<ProviderFact, { readonly kind: 'disputed' | 'payout' }>;

/** A fact that a provider told, under the provider’s own number of the telling. */
export interface ProviderNotice {
  readonly noticeId: string;
  readonly occurredAt: string;
  readonly fact: ProviderFact;
}

/** A webhook as it came over the wire. */
export interface SignedBody {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: Uint8Array;
}

/** Who tells: an account at a provider. What is not signed by it is refused as unproven; what says nothing that we want is no notice. */
export interface NoticeSource {
  readonly provider: string;
  read(body: SignedBody): readonly ProviderNotice[];
}
export type NoticeSources = ReadonlyMap<string, NoticeSource>;
