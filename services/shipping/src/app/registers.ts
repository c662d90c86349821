import type { Barcode, OrderLine, Reason, Sealed, ShipGroup } from '@cartage/contracts';
import type { Size } from '../domain/boxing/goods';
import type { ShipmentHold } from '../domain/events';
import type { Origin } from './carrier';
import type { ScanParking } from './parked-scans';
import type { Received } from './tracking';

/** As much of a placed order as packing, addressing and customs need. */
export interface KnownOrder {
  readonly orderId: string;
  readonly channel?: string;
  readonly currency: string;
  readonly priority: string;
  readonly instructions?: string;
  readonly personal: Sealed;
  readonly shipGroups: readonly Omit<ShipGroup, 'charge' | 'taxLines'>[];
  readonly lines: readonly (Pick<
    OrderLine,
    'lineId' | 'shipGroupId' | 'quantity' | 'unitPrice' | 'total' | 'description' | 'attributes' | 'instructions'
  > & {
    /** In the total. */
    readonly tax: number;
  })[];
}

/** What became of an order after it was placed, as far as packing and addressing are concerned. */
export interface OrderChange {
  readonly orderId: string;
  /** Of two changes the one with the higher sequence is the later. */
  readonly eventId: string;
  readonly sequence: number;
  /** For the whole order; null: there are none any more. */
  readonly instructions?: string | null;
  readonly lines?: readonly { readonly lineId: string; readonly after?: KnownOrder['lines'][number] }[];
  readonly shipGroups?: readonly { readonly shipGroupId: string; readonly after?: Partial<KnownOrder['shipGroups'][number]> }[];
}

/** A hold of an order: lines, a ship group, or all of it. */
export interface KnownHold extends ShipmentHold {
  readonly lines?: readonly string[];
  readonly shipGroupId?: string;
}

/** What is known of a shipment's order. */
export interface OrderOfShipment {
  readonly order?: KnownOrder;
  /** Why it was cancelled, if it was. */
  readonly cancelled?: Reason;
  /** Those that stand. */
  readonly holds?: readonly KnownHold[];
}

/** Orders, their shipments, and which were cancelled: facts of several topics that must find each other. */
export interface OrderRegister {
  learn(order: KnownOrder): Promise<void>;
  /** As it was changed last. */
  find(orderId: string): Promise<KnownOrder | undefined>;
  /** Those that were added before. */
  shipmentsOf(orderId: string): Promise<readonly string[]>;
  /** Once this answered, a cancellation of the order will find the shipment. */
  add(orderId: string, shipmentId: string): Promise<OrderOfShipment>;
  /** Once this answered, a shipment that is added will hear of the cancellation. Gives the shipments that were added before. */
  cancel(orderId: string, reason: Reason): Promise<readonly string[]>;
  /** As `cancel`, of a hold. None once it was released: it is only told again. */
  hold(orderId: string, hold: KnownHold): Promise<readonly string[]>;
  /** Once this answered, no shipment hears of the hold any more, even if it is told of later. Gives the shipments that were added before. */
  release(orderId: string, holdId: string): Promise<readonly string[]>;
  /** Once this answered, shipments that are added are of the order as changed. Gives those that were added before. */
  change(change: OrderChange): Promise<readonly string[]>;
}

export interface TrackingNumber {
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** Which shipment a tracking number stands for. */
export interface TrackingRegister {
  add(number: TrackingNumber & { readonly shipmentId: string }): Promise<void>;
  find(number: TrackingNumber): Promise<string | undefined>;
}

/** The locations that were heard of; a newer revision replaces an older one, and never the other way round. */
export interface LocationRegister {
  record(origin: Origin, revision: number): Promise<void>;
  find(location: string): Promise<Origin | undefined>;
}

/** As much of an item as picking, packing, carriers and customs need. */
export interface KnownItem {
  readonly sku: string;
  readonly title: string;
  readonly weightGrams?: number;
  readonly dimensions?: Size;
  readonly fragile?: boolean;
  readonly ownPacking?: boolean;
  /** Dangerous goods: UN number. */
  readonly hazardCode?: string;
  readonly customs?: { readonly hsCode: string; readonly originCountry: string };
  readonly barcodes?: readonly Barcode[];
}

/** The items that were heard of; a newer revision replaces an older one, and never the other way round. */
export interface ItemRegister {
  record(item: KnownItem, revision: number): Promise<void>;
  find(skus: readonly string[]): Promise<ReadonlyMap<string, KnownItem>>;
}

/** What a carrier sent, by the very bytes that it signed. */
export interface Delivery {
  readonly carrier: string;
  readonly rawBody: Uint8Array;
}

/**
 * What was answered to deliveries of carriers. Most sign no time: a delivery that somebody recorded on its way, and sends again, is known by what is signed.
 */
export interface DeliveryRegister {
  /** Kept since this time. */
  answerTo(delivery: Delivery, since: Date): Promise<Received | undefined>;
  /** The first answer stays. */
  remember(delivery: Delivery, answer: Received, at: Date): Promise<void>;
  /** The oldest first, so many at most; answers how many. */
  forget(before: string, limit: number): Promise<number>;
}

export interface Registers {
  readonly deliveries: DeliveryRegister;
  readonly orders: OrderRegister;
  readonly tracking: TrackingRegister;
  readonly parking: ScanParking;
  readonly locations: LocationRegister;
  readonly items: ItemRegister;
}
