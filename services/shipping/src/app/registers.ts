import type { Origin, TrackingUpdate } from './carrier';

/** Which order a shipment belongs to, and which orders were cancelled: two facts of two topics that must find each other. */
export interface OrderRegister {
  /** Once this answered, a cancellation of the order will find the shipment. True: it was cancelled before. */
  add(orderId: string, shipmentId: string): Promise<boolean>;
  /** Once this answered, a shipment that is added will hear of the cancellation. Gives the shipments that were added before. */
  cancel(orderId: string): Promise<readonly string[]>;
}

export interface TrackingNumber {
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** Which shipment a tracking number stands for, and scans that came before that was known. */
export interface TrackingRegister {
  add(number: TrackingNumber & { readonly shipmentId: string }): Promise<void>;
  find(number: TrackingNumber): Promise<string | undefined>;
  /** Keeps a scan for later, once for each event id of the carrier. */
  park(carrier: string, update: TrackingUpdate): Promise<void>;
  parked(number: TrackingNumber): Promise<readonly TrackingUpdate[]>;
  unpark(carrier: string, eventIds: readonly string[]): Promise<void>;
}

/** The locations that were heard of; a newer revision replaces an older one, and never the other way round. */
export interface LocationRegister {
  record(origin: Origin, revision: number): Promise<void>;
  find(location: string): Promise<Origin | undefined>;
}

export interface Registers {
  readonly orders: OrderRegister;
  readonly tracking: TrackingRegister;
  readonly locations: LocationRegister;
}
