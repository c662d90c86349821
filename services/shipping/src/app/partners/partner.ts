import type { PartnerMessage, Sealed } from '@cartage/contracts';
import type { LeftNotices } from '@cartage/service-kit';
import type { UnitCost } from '../../domain/supplier-orders/events';

export const partnerKinds = ['wms', '3pl', 'supplier'] as const;
export type PartnerKind = (typeof partnerKinds)[number];

export const labelGivers = ['ours', 'own'] as const;
export type LabelGiver = (typeof labelGivers)[number];

/** Who fulfils for us, as it was agreed. */
export interface PartnerTerms {
  readonly partner: string;
  readonly kind: PartnerKind;
  /** How it speaks: one of the adapters. */
  readonly adapter: string;
  /** Where it is told, if its adapter needs that. */
  readonly endpoint?: string;
  /** Codes of the locations that it serves. */
  readonly locations: readonly string[];
  /** Whose labels its parcels go with, where it does not say. */
  readonly labels: LabelGiver;
  /** What stands on packing slips that it prints. */
  readonly packingSlip?: { readonly sender: string; readonly text?: string };
  /** A parcel of which no carrier tells anything is taken to be there after so many days. */
  readonly deliveredAfterDays?: number;
}

/** Who fulfils what leaves from a location. */
export interface Serving {
  readonly partner: string;
  readonly kind: PartnerKind;
}

/** What suppliers say that their goods cost, newer over older. */
export interface SupplierPrices {
  state(supplier: string, prices: readonly (UnitCost & { readonly sku: string })[], asOf: string): Promise<void>;
  of(supplier: string, skus: readonly string[]): Promise<readonly (UnitCost & { readonly sku: string })[]>;
}

export interface Partner extends PartnerTerms {
  readonly hasSecret: boolean;
  readonly revision: number;
  readonly changedAt: string;
}

export interface KeptPartner extends Partner {
  /** What is signed with, the newest first: the one before it proves, too, until there is another one. */
  readonly secrets: readonly Sealed[];
}

/** Which partner serves which location: one at most. */
export interface PartnerRegister {
  /** `secret` absent: as it was. Refused where a location is another’s. The same again changes nothing. */
  put(terms: PartnerTerms, secret: Sealed | undefined, at: Date): Promise<Partner>;
  find(partner: string): Promise<KeptPartner | undefined>;
  list(): Promise<readonly Partner[]>;
  /** Who fulfils what leaves from there; concurrent questions share one round trip. */
  at(location: string): Promise<Serving | undefined>;
}

/** A partner that can be spoken to. */
export interface PartnerAccount extends PartnerTerms {
  /** The newest first. */
  readonly secrets: readonly string[];
}

/** What the partner said to what it was told. */
export interface PartnerSaid {
  /** Of a status: whether it knows the request. Absent: it answers later, or not by this way. */
  readonly known?: boolean;
  /** What it had to tell at once, in its own form. */
  readonly notices: readonly unknown[];
}

/**
 * The port to whoever fulfils for us. What it is told has its effect there once, however often: it knows a repeat by the message’s id. Whoever cannot be reached, or has
 * had enough, is `Away` or `Throttled`, and is waited for; what it refuses for good is `Refused` with its own fields and words. Every adapter passes `partnerContract`.
 */
export interface PartnerAdapter {
  /** Whether `fulfilment.status` is answered at once: then an unknown outcome is asked for before anything is told again. */
  readonly answersAtOnce: boolean;
  tell(message: PartnerMessage): Promise<PartnerSaid>;
  /** What it left; absent where it posts to us. */
  readonly left?: () => Promise<readonly LeftNotices[]>;
}

/** By the kind of adapter. */
export type PartnerAdapters = ReadonlyMap<string, (account: PartnerAccount) => PartnerAdapter>;
