import type { Destination, LineQuantity, Parcel, Priority } from '@cartage/contracts';
import type { CancelReason, Scan, ShipmentRef } from '../domain/events';
import { unknownShipment } from '../domain/refusals';
import { isCarried, type Label, type Shipment } from '../domain/shipment';
import type { ShipmentStatus } from '../domain/status';

/** A shipment as whoever works on it sees it; the recipient is on the label only. */
export interface ShownShipment extends Partial<ShipmentRef> {
  readonly shipmentId: string;
  readonly status: ShipmentStatus;
  readonly priority?: Priority;
  readonly destination?: Destination;
  readonly lines?: readonly LineQuantity[];
  readonly parcels?: readonly Parcel[];
  readonly label?: Label;
  readonly labelFailure?: string;
  readonly scans?: readonly Scan[];
  readonly dispatchedAt?: string;
  readonly cancelled?: { readonly reason: CancelReason; readonly cancelledAt: string; readonly labelVoided: boolean };
  /** A cancellation came when the carrier already had it: recall it. */
  readonly lateCancellation?: CancelReason;
}

const planShown = (shipment: Shipment): Partial<ShownShipment> => {
  if (shipment.status === 'allocated-early') return shipment.allocation;
  if (!('plan' in shipment) || !shipment.plan) return {};
  const { personal: _sealed, ...plan } = shipment.plan;
  return plan;
};

const endShown = (shipment: Shipment): Partial<ShownShipment> => {
  if (shipment.status === 'label-failed') return { labelFailure: shipment.failure };
  if (shipment.status === 'cancelled') {
    const { reason, cancelledAt, labelVoided } = shipment;
    return { cancelled: { reason, cancelledAt, labelVoided } };
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
    ...('parcels' in shipment ? { parcels: shipment.parcels } : {}),
    ...('label' in shipment && shipment.label ? { label: shipment.label } : {}),
    ...('scans' in shipment ? { scans: shipment.scans } : {}),
    ...endShown(shipment),
  };
};
