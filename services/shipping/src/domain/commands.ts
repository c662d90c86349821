import type { Reason } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { NewDestination, Plan, Scan, ShipmentHold, ShipmentRef } from './events';
import type { PackedParcel } from './packing';
import type { Rates } from './rates';

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

interface BoughtLabel {
  readonly labelId: string;
  readonly booking: Booking;
  readonly trackingToken: string;
}

/** What of a label was asked for in so many words; the rest is chosen. */
export interface Wish {
  readonly carrier?: string;
  readonly service?: string;
}

export interface Choice {
  readonly carrier: string;
  readonly service: string;
}

export type ShipmentCommand =
  /** `cancelled`: why the order was cancelled, if that was heard before. */
  | Named<'PlanShipment', At & { readonly plan: Plan; readonly cancelled?: Reason; readonly holds?: readonly ShipmentHold[] }>
  | Named<'PackShipment', At & { readonly parcels: readonly PackedParcel[] }>
  | Named<'RequestLabel', At & { readonly labelId: string; readonly choice: Choice; readonly rates?: Rates; readonly wish: Wish }>
  | Named<'RecordLabel', At & BoughtLabel>
  /** `labelId`: of the request, if a carrier was asked. */
  | Named<'RecordLabelFailure', At & { readonly labelId?: string; readonly carrier: string; readonly reason: Reason }>
  | Named<'RecordLabelDelay', At & { readonly labelId: string; readonly reason: Reason }>
  | Named<'RecordLabelVoided', At & { readonly labelId: string }>
  | Named<'HoldShipment', { readonly shipment: ShipmentRef; readonly hold: ShipmentHold }>
  | Named<'ReleaseShipment', At & { readonly shipmentId: string; readonly holdId: string }>
  | Named<'ChangeDestination', At & { readonly change: NewDestination & { readonly reason: Reason } }>
  | Named<'DispatchShipment', At>
  | Named<'RecordScan', At & { readonly trackingNumber: string; readonly scan: Scan }>
  | Named<'CancelShipment', At & { readonly shipment: ToCancel; readonly reason: Reason }>;
