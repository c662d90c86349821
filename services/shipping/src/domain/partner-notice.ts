import type { Reason } from '@cartage/contracts';
import type { LineConfirmed } from './confirming';
import type { PackedParcel } from './packing';

/** A parcel as whoever fulfils it for us tells of it; what is in it may be told by another notice. */
export interface PartnerParcel extends Partial<PackedParcel> {
  /** Of a carrier of its own. */
  readonly trackingNumber?: string;
}

/** What comes back from whoever fulfils a shipment for us, in any order, twice, and late. */
export type PartnerNotice =
  /** `lines`: only these so far; `shipsAt`: when it says that they leave. */
  | {
      readonly kind: 'accepted';
      readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[];
      readonly shipsAt?: string;
    }
  | {
      readonly kind: 'rejected';
      readonly reason: Reason;
      /** Only these; absent: all of it. */
      readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[];
      readonly stockEffect?: 'keep' | 'zero' | 'minus';
    }
  /** `lines` absent: all of it is there. */
  | { readonly kind: 'picked'; readonly lines?: readonly LineConfirmed[] }
  /** `label`: who gives its parcels their numbers. */
  | { readonly kind: 'packed'; readonly parcels: readonly PartnerParcel[]; readonly carrier?: string; readonly label: 'ours' | 'own' }
  | { readonly kind: 'dispatched'; readonly parcels?: readonly PartnerParcel[]; readonly carrier?: string; readonly dispatchedAt: string }
  /** `parcels` absent: all of it. */
  | { readonly kind: 'delivered'; readonly parcels?: readonly PartnerParcel[]; readonly deliveredAt: string }
  | { readonly kind: 'cancelled'; readonly reason: Reason }
  | { readonly kind: 'cancellation-refused'; readonly detail?: string };

export type NoticeKind = PartnerNotice['kind'];
export const noticeKinds = [
  'accepted',
  'rejected',
  'picked',
  'packed',
  'dispatched',
  'delivered',
  'cancelled',
  'cancellation-refused',
] as const satisfies readonly NoticeKind[];

export interface HeardNotice {
  readonly partner: string;
  readonly notice: PartnerNotice;
  /** Of a label that the partner has, if it is told of one. */
  readonly labelId: string;
  readonly trackingToken: string;
  readonly now: string;
}
