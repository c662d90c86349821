import type { CustomsDeclaration, Destination, LineQuantity, Reason, Sealed } from '@cartage/contracts';
import type { DataOf, Named } from '@cartage/eventsourcing';

/** One scan of the carrier, in the vocabulary of all carriers; `eventId` is the carrier's own. */
export interface WayBackScan {
  readonly eventId: string;
  readonly milestone: string;
  readonly place?: string;
  readonly reason?: Reason;
  /** By the carrier's clock: ISO 8601 UTC with milliseconds, so that it compares as a string. */
  readonly occurredAt: string;
}

export interface OnReturn {
  readonly returnId: string;
  readonly orderId: string;
}
export interface OfLabel extends OnReturn {
  readonly labelId: string;
  readonly carrier: string;
}
interface OfParcel extends OfLabel {
  readonly trackingNumber: string;
}

/** What is to be sent back with a label, as it was allowed. */
export interface Wanted extends OnReturn {
  /** Where it comes back to. */
  readonly location: string;
  /** `label`, or `qr`: a code that the carrier's counter prints one from. */
  readonly format: string;
  readonly lines: readonly LineQuantity[];
  /** Absent: whoever costs least. */
  readonly carrier?: string;
  readonly service?: string;
}

/** What a carrier is asked for. */
export interface ReturnParcel {
  readonly service: string;
  /** The version of the carrier policy that its carrier was chosen by. */
  readonly policy?: string;
  readonly location: string;
  readonly weightGrams: number;
  /** Who sends it, as the order had them then. */
  readonly personal: Sealed;
  /** Where that is, as far as it is not personal. */
  readonly destination?: Destination;
  /** What customs are told, where a border is crossed. */
  readonly customs?: CustomsDeclaration;
}

export interface Booking {
  readonly trackingNumber: string;
  readonly service: string;
  /** What the customer is given: `qr` only where the carrier's counters read one. */
  readonly format: string;
  readonly currency: string;
  readonly cost: number;
}

/** Where the customer finds what is to be put on the parcel: whoever has a link needs nothing else. */
interface Links {
  readonly url: string;
  /** Of the paper for customs, where a border is crossed. */
  readonly customsUrl?: string;
  readonly token: string;
}

export const silences = ['stuck', 'lost'] as const;
export type Silence = (typeof silences)[number];

/** Stream `wayback-<returnId>`. */
export type WayBackEvent =
  | Named<'ReturnLabelWanted', Wanted & { readonly wantedAt: string }>
  | Named<'ReturnLabelRequested', OfLabel & ReturnParcel & { readonly requestedAt: string }>
  | Named<'ReturnLabelPurchased', OfParcel & Booking & Links & { readonly location: string; readonly purchasedAt: string }>
  | Named<
      'ReturnLabelFailed',
      OnReturn & {
        readonly labelId?: string;
        readonly carrier?: string;
        readonly policy?: string;
        readonly reason: Reason;
        readonly failedAt: string;
      }
    >
  /** Nobody sends it any more: what was not used is voided. */
  | Named<'WayBackEnded', OnReturn & { readonly reason: Reason; readonly endedAt: string }>
  /** With what it was sold for, if it was. */
  | Named<'ReturnLabelVoided', OfLabel & Partial<Pick<Booking, 'currency' | 'cost'>> & { readonly voidedAt: string }>
  | Named<'ReturnParcelScanned', OfParcel & WayBackScan & { readonly recordedAt: string }>
  | Named<'ReturnParcelOverdue', OfParcel & { readonly standing: Silence; readonly since: string; readonly noticedAt: string }>;

interface At {
  readonly now: string;
}
export type WayBackCommand =
  | Named<'WantReturnLabel', At & Wanted>
  | Named<'RequestReturnLabel', At & Omit<OfLabel, keyof OnReturn> & ReturnParcel>
  /** `policy`: by which there was nobody to choose; of a label that was asked for it is known. */
  | Named<
      'FailReturnLabel',
      At & { readonly labelId?: string; readonly carrier?: string; readonly policy?: string; readonly reason: Reason }
    >
  | Named<'RecordReturnLabel', At & Booking & Links & { readonly labelId: string }>
  | Named<'EndWayBack', At & { readonly reason: Reason }>
  | Named<'RecordReturnLabelVoided', At & { readonly labelId: string }>
  | Named<'RecordReturnScan', At & { readonly trackingNumber: string; readonly scan: WayBackScan }>
  | Named<'NoticeSilence', At & { readonly trackingNumber: string; readonly standing: Silence; readonly since: string }>;

export type AskedLabel = DataOf<WayBackEvent, 'ReturnLabelRequested'>;
export type BoughtLabel = DataOf<WayBackEvent, 'ReturnLabelPurchased'>;
