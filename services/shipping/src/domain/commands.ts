import type { Named } from '@cartage/eventsourcing';
import type { CancelReason, Plan, Scan, ShipmentRef } from './events';
import type { PackedParcel } from './packing';

/** What the carrier answered to a booking. */
export interface Booking {
  readonly carrier: string;
  readonly service: string;
  readonly trackingNumber: string;
  readonly currency: string;
  readonly cost: number;
}

interface At {
  readonly now: string;
}

export type ShipmentCommand =
  /** `cancelled`: the order was heard to be cancelled before its plan was. */
  | Named<'RecordPlan', At & { readonly plan: Plan; readonly cancelled?: CancelReason }>
  | Named<'RecordAllocation', At & { readonly allocation: ShipmentRef }>
  | Named<'PackShipment', At & { readonly parcels: readonly PackedParcel[] }>
  | Named<'RecordLabel', At & { readonly booking: Booking; readonly trackingToken: string }>
  | Named<'RecordLabelFailure', At & { readonly carrier: string; readonly reason: string }>
  | Named<'RecordLabelVoided', At>
  | Named<'DispatchShipment', At>
  | Named<'RecordScan', At & { readonly scan: Scan }>
  | Named<'CancelShipment', At & { readonly shipmentId: string; readonly orderId: string; readonly reason: CancelReason }>;
