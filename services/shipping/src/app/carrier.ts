import type { Destination, Parcel, Personal, Reason } from '@cartage/contracts';
import type { Scan } from '../domain/events';
import type { Declined, Offer } from '../domain/rates';

/** Where parcels start: as much of a location as has been heard. */
export interface Origin {
  readonly location: string;
  readonly name?: string;
  readonly country?: string;
  readonly postalCode?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** Whoever a parcel goes to, and where that is. */
export type Recipient = Personal & Required<Pick<Personal, 'address'>>;

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

/**
 * The port to a carrier. An adapter holds nothing that our log does not: booking the same reference again answers as the first time, so that an
 * unknown outcome is cured by asking again. A fault of the carrier is thrown; its "no" is an answer, also to a name or an address that it could not print as it is
 * written: nothing is ever printed in other letters. Every adapter passes `carrierContract`.
 */
export interface Carrier {
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
  /** What a webhook says, in our vocabulary. Refuses what is not a webhook of this carrier at all. */
  normalise(payload: unknown): CarrierMessage;
  /** Whether the carrier signed these very bytes. */
  verify(signature: string | undefined, rawBody: Uint8Array): boolean;
}

export type Carriers = ReadonlyMap<string, Carrier>;
