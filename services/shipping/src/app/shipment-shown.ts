import type { Destination, Parcel, Reason } from '@cartage/contracts';
import { holdsOf, labelsToVoid } from '../domain/beside';
import type { PlannedLine, Scan, ShipmentHold, ShipmentRef } from '../domain/events';
import { unknownShipment } from '../domain/refusals';
import { isCarried, isRequested, type Shipment } from '../domain/shipment';
import type { Label, LabelRequest } from '../domain/label';
import type { CarriedStatus, ShipmentStatus } from '../domain/status';

/** A parcel as it was packed, and what the carrier told of it. */
export interface ShownParcel extends Parcel {
  readonly trackingNumber?: string;
  /** Once the carrier has it. */
  readonly status?: CarriedStatus;
  readonly scans?: readonly Scan[];
}

/** A shipment as whoever works on it sees it; the recipient is on the label only. */
export interface ShownShipment extends Partial<ShipmentRef> {
  readonly shipmentId: string;
  readonly status: ShipmentStatus;
  readonly priority?: string;
  readonly shipGroupId?: string;
  readonly method?: string;
  readonly service?: string;
  readonly shipBy?: string;
  readonly instructions?: string;
  readonly destination?: Destination;
  readonly lines?: readonly PlannedLine[];
  readonly parcels?: readonly ShownParcel[];
  readonly label?: Label;
  /** The carrier is being asked; with a reason, it cannot be reached. */
  readonly labelRequest?: LabelRequest & { readonly delay?: Reason };
  readonly labelFailure?: Reason;
  readonly dispatchedAt?: string;
  readonly cancelled?: { readonly reason: Reason; readonly cancelledAt: string; readonly labelVoided: boolean };
  readonly holds?: readonly ShipmentHold[];
  /** It was not to go out, but the carrier already had it: recall it. */
  readonly lateCancellation?: Reason;
}

const planShown = (shipment: Shipment): Partial<ShownShipment> => {
  if (!('plan' in shipment) || !shipment.plan) return {};
  const { personal: _sealed, ...plan } = shipment.plan;
  return plan;
};

const parcelsShown = (shipment: Shipment): Partial<ShownShipment> => {
  if (!('parcels' in shipment)) return {};
  const tracked = new Map('tracked' in shipment ? shipment.tracked.map((parcel) => [parcel.parcelId, parcel]) : []);
  return {
    parcels: shipment.parcels.map((parcel) => {
      const found = tracked.get(parcel.parcelId);
      if (!found) return parcel;
      const { trackingNumber, status, scans } = found;
      return { ...parcel, trackingNumber, scans, ...(isCarried(shipment) ? { status } : {}) };
    }),
  };
};

const endShown = (shipment: Shipment): Partial<ShownShipment> => {
  if (shipment.status === 'label-failed') return { labelFailure: shipment.failure };
  if (isRequested(shipment)) return { labelRequest: { ...shipment.request, ...(shipment.delay ? { delay: shipment.delay } : {}) } };
  if (shipment.status === 'cancelled') {
    const { reason, cancelledAt, label } = shipment;
    return { cancelled: { reason, cancelledAt, labelVoided: label !== undefined && labelsToVoid(shipment).length === 0 } };
  }
  if (!isCarried(shipment)) return {};
  const { dispatchedAt, lateCancellation } = shipment;
  return lateCancellation === undefined ? { dispatchedAt } : { dispatchedAt, lateCancellation };
};

export const shownShipment = (shipmentId: string, shipment: Shipment): ShownShipment => {
  if (shipment.status === 'none') throw unknownShipment();
  return {
    shipmentId,
    status: shipment.status,
    ...planShown(shipment),
    ...parcelsShown(shipment),
    ...('label' in shipment && shipment.label ? { label: shipment.label } : {}),
    ...endShown(shipment),
    ...(holdsOf(shipment).length > 0 ? { holds: holdsOf(shipment) } : {}),
  };
};
