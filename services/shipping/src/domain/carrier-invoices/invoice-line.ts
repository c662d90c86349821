/** What a line of a carrier’s invoice charges for; a credit gives back. Taxes are no part of what a label costs. */
export const chargeKinds = ['carriage', 'surcharge', 'tax', 'credit'] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** One charge of a carrier’s invoice. */
export interface InvoiceLine {
  /** Follows from the invoice and the line’s number in it, or from what it says: the same line in another file is the same line. */
  readonly lineId: string;
  readonly invoiceId: string;
  /** The carrier’s own number of the invoice. */
  readonly invoice: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly kind: ChargeKind;
  /** The carrier’s word for it, such as `Fuel`. */
  readonly charge?: string;
  /** The carrier’s word for the service. */
  readonly service?: string;
  readonly zone?: string;
  /** As charged. */
  readonly weightGrams?: number;
  readonly currency: string;
  /** Minor units; below zero it is given back. */
  readonly amount: number;
  readonly billedOn: string;
}

/** A label that was bought, as far as an invoice can speak of it. */
export interface BilledLabel {
  readonly labelId: string;
  readonly orderId: string;
  /** Its shipment, or the return that it brings back. */
  readonly shipmentId?: string;
  readonly returnId?: string;
  readonly service: string;
  readonly currency: string;
  /** What it was sold for, all parcels together. */
  readonly cost: number;
  readonly parcels: readonly BilledParcel[];
  /** Nobody uses it: it was voided, or is to be. */
  readonly isVoid: boolean;
}

export interface BilledParcel {
  readonly trackingNumber: string;
  /** As packed; absent where nobody weighed it. */
  readonly weightGrams?: number;
  readonly volumeMm3?: number;
}
