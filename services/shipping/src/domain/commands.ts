import type { CustomsDeclaration, Reason } from '@cartage/contracts';
import type { Named } from '@cartage/eventsourcing';
import type { Suggestion } from './boxing/boxing';
import type { Arrival, NotFetched } from './at-store';
import type { Handover } from './collecting';
import type { LineConfirmed } from './confirming';
import type { NewDestination, Plan, Scan, ShipmentHold, ShipmentRef } from './events';
import type { InstructionOf } from './instruction';
import type { Instructing } from './instructions';
import type { OfLoss } from './losing';
import type { PackedParcel } from './packing';
import type { PackingNotes } from './packing-notes';
import type { HeardNotice } from './partner-notice';
import type { Rates } from './rates';
import type { RtoReceipt } from './rto';

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
  /** `lines`: what was found of them in all; absent: the rest of it is there. */
  | Named<'PickShipment', At & { readonly lines?: readonly LineConfirmed[] }>
  /** `over`: the wave that it is in is closed, and keeps it no more. */
  | Named<'JoinWave', At & { readonly waveId: string; readonly over?: string }>
  | Named<'LeaveWave', At & { readonly waveId: string }>
  /** `unboxed`: where the parcels are as suggested, what nothing was suggested for. */
  | Named<'PackShipment', At & { readonly parcels: readonly PackedParcel[]; readonly unboxed?: Suggestion['unboxed'] }>
  | Named<
      'RequestLabel',
      At & {
        readonly labelId: string;
        readonly choice: Choice;
        /** The version of the carrier policy that it was chosen by. */
        readonly policy?: string;
        readonly rates?: Rates;
        readonly customs?: CustomsDeclaration;
        readonly wish: Wish;
      }
    >
  | Named<'RecordLabel', At & BoughtLabel>
  /** `labelId`: of the request, if a carrier was asked. `policy`: by which there was nobody to ask; that of a request is known. */
  | Named<
      'RecordLabelFailure',
      At & { readonly labelId?: string; readonly carrier: string; readonly policy?: string; readonly reason: Reason }
    >
  | Named<'RecordLabelDelay', At & { readonly labelId: string; readonly reason: Reason }>
  | Named<'RecordLabelVoided', At & { readonly labelId: string }>
  | Named<'HoldShipment', { readonly shipment: ShipmentRef; readonly hold: ShipmentHold }>
  | Named<'ReleaseShipment', At & { readonly shipmentId: string; readonly holdId: string }>
  | Named<'ChangeDestination', At & { readonly change: NewDestination & { readonly reason: Reason } }>
  | Named<'ReplaceInstructions', PackingNotes>
  | Named<'DispatchShipment', At>
  | Named<'HandOverShipment', Handover>
  | Named<'ArriveAtStore', Arrival>
  | Named<'LeaveAtStore', NotFetched>
  | Named<'RecordScan', At & { readonly trackingNumber: string; readonly scan: Scan }>
  | Named<'ReceiveRto', RtoReceipt>
  | Named<'InstructDelivery', At & Instructing>
  | Named<'DeclareLost', OfLoss>
  | Named<'DeclareFound', OfLoss>
  | Named<'AcceptInstruction', At & InstructionOf>
  | Named<'RefuseInstruction', At & InstructionOf & { readonly reason: Reason }>
  /** Of whoever fulfils it for us. */
  | Named<'HearPartner', HeardNotice>
  /** Nothing was heard of it for as long as was agreed with whoever sent it. */
  | Named<'SupposeDelivered', At>
  | Named<'CancelShipment', At & { readonly shipment: ToCancel; readonly reason: Reason }>;
