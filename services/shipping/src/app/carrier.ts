import type { CustomsDeclaration, Destination, Parcel, Personal, Reason } from '@cartage/contracts';
import type { Scan } from '../domain/events';
import type { InstructionKind } from '../domain/instruction';
import type { Declined, Offer } from '../domain/rates';

/** Where parcels start: as much of a location as has been heard. */
export interface Origin {
  readonly location: string;
  readonly name?: string;
  readonly country?: string;
  readonly postalCode?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  /** IANA name, if the location says: its days are of this zone. */
  readonly timeZone?: string;
}

/** Whoever a parcel goes to, and where that is. */
export type Recipient = Personal & Required<Pick<Personal, 'address'>>;

/** Of label printers: dots to the inch. */
export const resolutions = [203, 300] as const;
export type Dpi = (typeof resolutions)[number];

/** What a carrier is asked to take. */
export interface Consignment {
  readonly shipmentId: string;
  /** Ours, the id of the label: the same reference is the same booking. */
  readonly reference: string;
  readonly orderId: string;
  readonly origin: Origin;
  readonly destination?: Destination;
  readonly recipient: Recipient;
  readonly parcels: readonly Parcel[];
  readonly priority: string;
  /** What customs are told, where a border is crossed. */
  readonly customs?: CustomsDeclaration;
  /** It comes back: the recipient sends it, and the origin is where it goes to. */
  readonly isReturn?: boolean;
  readonly service: string;
}

/** A parcel and the number by which the carrier knows it. */
export interface NumberedParcel {
  readonly parcelId: string;
  readonly trackingNumber: string;
}

/** What a carrier is asked the price of. */
export type QuoteRequest = Omit<Consignment, 'reference' | 'service'>;

/** What one of its services costs, and how long it takes; or why it does not take it. */
export type Quote = Omit<Offer, 'carrier'> | (Omit<Declined, 'carrier'> & { readonly service: string });

export interface Booked {
  readonly status: 'booked';
  readonly parcels: readonly NumberedParcel[];
  readonly service: string;
  readonly currency: string;
  /** Minor units. */
  readonly cost: number;
}
export interface BookingToVoid {
  readonly reference: string;
  readonly parcels?: readonly NumberedParcel[];
}
/** The carrier will not take it. */
export interface NotBooked {
  readonly status: 'refused';
  readonly reason: Reason;
}

/** A scan in our vocabulary, of one parcel. */
export interface TrackingUpdate extends Scan {
  readonly trackingNumber: string;
}

/** A part of a carrier's message that says nothing that could be used: told to its sender, and logged. */
export interface NotUnderstood {
  readonly field: string;
  /** The carrier's own id of the scan, if it has one. */
  readonly eventId?: string;
  readonly message: string;
}

/** What a message of a carrier says. A strange scan never costs the good ones beside it. */
export interface CarrierMessage {
  readonly updates: readonly TrackingUpdate[];
  readonly notUnderstood: readonly NotUnderstood[];
}

/** What a carrier booked, by our reference. */
export interface BookedParcels {
  readonly reference: string;
  readonly parcels: readonly NumberedParcel[];
}

/** What a carrier took on a day. */
export interface ManifestRequest {
  /** Ours: the same reference is the same manifest. */
  readonly reference: string;
  readonly origin: Origin;
  readonly day: string;
  readonly bookings: readonly BookedParcels[];
}
export interface CarrierManifest {
  readonly reference: string;
  /** Of its own form, to be printed and signed. */
  readonly url?: string;
}

export interface PickupRequest {
  /** Ours: the same reference is the same pickup. */
  readonly reference: string;
  readonly origin: Origin;
  /** ISO 8601 UTC. */
  readonly from: string;
  readonly until: string;
  readonly instructions?: string;
  /** What is ready so far. */
  readonly bookings: readonly BookedParcels[];
}
export type PickupAnswer =
  { readonly status: 'booked'; readonly confirmation: string; readonly currency?: string; readonly cost?: number } | NotBooked;

/** What the carrier is to do with a parcel that it could not deliver. */
export interface DeliveryInstruction {
  /** Ours: the same reference is the same instruction. */
  readonly reference: string;
  /** Of the label. */
  readonly booking: string;
  readonly parcel: NumberedParcel;
  readonly instruction: InstructionKind;
  /** Local date of the destination, to reschedule. */
  readonly day?: string;
  /** At the corrected address. */
  readonly recipient?: Recipient;
}
export type InstructionAnswer = { readonly status: 'accepted' } | NotBooked;

/** Of a carrier that wants to be told, or asked, of a day's work; for one that does not, our own list and an agreement are enough. */
interface CarrierDays {
  /** Told again, by the same reference or of the same parcels, it answers as the first time. */
  manifest?(request: ManifestRequest): Promise<CarrierManifest>;
  bookPickup?(request: PickupRequest): Promise<PickupAnswer>;
  /** By our reference. Quiet if there is none; throws when it may still come. */
  cancelPickup?(reference: string): Promise<void>;
}

/**
 * The port to a carrier. An adapter holds nothing that our log does not: booking the same reference again answers as the first time, so that an
 * unknown outcome is cured by asking again. A fault of the carrier is thrown; its "no" is an answer, also to a name or an address that it could not print as it is
 * written: nothing is ever printed in other letters. Every adapter passes `carrierContract`.
 */
export interface Carrier extends CarrierDays {
  /** Its "no" is an answer. Only of a carrier that can be told; another is told by a person. */
  instruct?(instruction: DeliveryInstruction): Promise<InstructionAnswer>;
  /** Stored in events and used in URLs: for ever. */
  readonly name: string;
  /** From the slowest to the fastest. */
  readonly services: readonly string[];
  /** The HTTP header in which its webhooks are signed. */
  readonly signatureHeader: string;
  /** What each of its services would cost; promises nothing. */
  quote(consignment: QuoteRequest): Promise<readonly Quote[]>;
  book(consignment: Consignment): Promise<Booked | NotBooked>;
  /** Voids a booking, known by our reference alone if its answer never came. Quiet if there is none; throws when it may still be paid for. */
  void(booking: BookingToVoid): Promise<void>;
  /** The label to print, one 4 × 6 inch page for each parcel: PDF. */
  label(consignment: Consignment, booked: Omit<Booked, 'status'>): Promise<Uint8Array>;
  /** The same in ZPL II, for a printer of so many dots to the inch: a format for each parcel. Only of a carrier that has it, at the resolution that it has. */
  zpl?(consignment: Consignment, booked: Omit<Booked, 'status'>, dpi: Dpi): Promise<string>;
  /** What a counter of the carrier reads to print the label, as text for a QR code. Only of a carrier whose counters do. */
  counterCode?(booked: Omit<Booked, 'status'>): string;
  /**
   * All that it knows of these parcels, each scan under the id that a webhook gives it. Only of a carrier that can be asked.
   */
  track?(parcels: readonly NumberedParcel[]): Promise<CarrierMessage>;
  /** What a webhook says, in our vocabulary. Refuses what is not a webhook of this carrier at all. */
  normalise(payload: unknown): CarrierMessage;
  /** When the carrier made what a webhook says, if that is in what it signs. ISO 8601. */
  madeAt?(payload: unknown): string | undefined;
  /** Whether the carrier signed these very bytes. */
  verify(signature: string | undefined, rawBody: Uint8Array): boolean;
}

export type Carriers = ReadonlyMap<string, Carrier>;
