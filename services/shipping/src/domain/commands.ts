import type { Reason } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { Plan, Scan, ShipmentRef } from './events';
import type { PackedParcel } from './packing';

/** What the carrier answered to a booking. */
export interface Booking {
  readonly carrier: string;
  readonly service: string;
  readonly parcels: readonly { readonly parcelId: string; readonly trackingNumber: string }[];
  readonly currency: string;
  readonly cost: number;
}

interface At {
  readonly now: string;
}

/** What is asked not to go out, whole; the lines that are known of it, where nothing was planned yet. */
export type ToCancel = ShipmentRef & Pick<Plan, 'lines'>;

export type ShipmentCommand =
  /** `cancelled`: why the order was cancelled, if that was heard before. */
  | Named<'PlanShipment', At & { readonly plan: Plan; readonly cancelled?: Reason }>
  | Named<'PackShipment', At & { readonly parcels: readonly PackedParcel[] }>
  | Named<'RecordLabel', At & { readonly labelId: string; readonly booking: Booking; readonly trackingToken: string }>
  | Named<'RecordLabelFailure', At & { readonly carrier: string; readonly reason: Reason }>
  | Named<'RecordLabelVoided', At>
  | Named<'DispatchShipment', At>
  | Named<'RecordScan', At & { readonly trackingNumber: string; readonly scan: Scan }>
  | Named<'CancelShipment', At & { readonly shipment: ToCancel; readonly reason: Reason }>;
