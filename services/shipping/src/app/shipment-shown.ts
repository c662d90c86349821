import type { CustomsDeclaration, Destination, Parcel, Reason } from '@cartage/contracts';
import { holdsOf, instructionsOf, labelsToVoid } from '../domain/beside';
import type { Instruction } from '../domain/instruction';
import type { PickedLine, PlannedLine, Scan, ShipmentHold, ShipmentRef } from '../domain/events';
import type { Loss } from '../domain/loss';
import { unknownShipment } from '../domain/refusals';
import { isGone } from '../domain/collecting';
import { isCarried, isRequested, type Carried, type Collected, type Requested, type Shipment } from '../domain/shipment';
import type { Label, LabelRequest } from '../domain/label';
import type { CarriedStatus, ShipmentStatus } from '../domain/status';
import type { GoodsInHand } from './goods-in-hand';
import type { WithPartner } from '../domain/with-partner';

/** A parcel as it was packed, and what the carrier told of it. */
export interface ShownParcel extends Parcel {
  readonly trackingNumber?: string;
  /** Once the carrier has it. */
  readonly status?: CarriedStatus;
  readonly scans?: readonly Scan[];
  /** Units of its lines that we have again, undelivered. */
  readonly back?: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** The corrected address is the carrier’s business only. */
export type ShownInstruction = Omit<Instruction, 'personal'>;

/** A shipment as whoever works on it sees it; the recipient is on the label only. */
export interface ShownShipment extends Partial<ShipmentRef> {
  readonly shipmentId: string;
  readonly status: ShipmentStatus;
  readonly priority?: string;
  /** Who fulfils it for us, and how far it is. */
  readonly partner?: string;
  readonly withPartner?: WithPartner;
  /** Of what its supplier sends in several parts: the first of them. */
  readonly restOf?: string;
  readonly supplierOrder?: { readonly supplierOrderId: string; readonly number: string };
  readonly shipGroupId?: string;
  readonly channel?: string;
  readonly method?: string;
  /** Where the customer fetches it. */
  readonly pickupLocation?: string;
  readonly service?: string;
  readonly shipBy?: string;
  readonly deliverBy?: string;
  readonly instructions?: string;
  readonly groupInstructions?: string;
  readonly destination?: Destination;
  readonly lines?: readonly (PlannedLine & GoodsInHand)[];
  /** Once somebody began to pick it: what was found of each line, and what is not there. */
  readonly picking?: { readonly lines: readonly PickedLine[]; readonly pickedAt?: string };
  readonly parcels?: readonly ShownParcel[];
  readonly label?: Omit<Label, 'customs'>;
  /** The carrier is being asked; with a reason, it cannot be reached. */
  readonly labelRequest?: Omit<LabelRequest, 'customs'> & { readonly delay?: Reason };
  readonly labelFailure?: Reason;
  /** What customs are told, where it crosses a border. */
  readonly customs?: CustomsDeclaration;
  readonly dispatchedAt?: string;
  readonly cancelled?: { readonly reason: Reason; readonly cancelledAt: string; readonly labelVoided: boolean };
  readonly holds?: readonly ShipmentHold[];
  /** What the carrier is to do with parcels that it could not deliver, the newest last. */
  readonly instructed?: readonly ShownInstruction[];
  /** Parcels that nobody knew the place of. */
  readonly lost?: readonly Loss[];
  /** It was not to go out, but the carrier already had it: recall it. */
  readonly lateCancellation?: Reason;
}

const planShown = (shipment: Shipment): Partial<ShownShipment> => {
  if (!('plan' in shipment) || !shipment.plan) return {};
  const { personal: _sealed, dropship, follows: _before, ...plan } = shipment.plan;
  if (!dropship) return plan;
  const { supplierOrderId, number } = dropship;
  return { ...plan, supplierOrder: { supplierOrderId, number } };
};

const pickingShown = ({ picking }: Shipment): Partial<ShownShipment> => {
  if (!picking) return {};
  const { lines, pickedAt } = picking;
  return { picking: pickedAt === undefined ? { lines } : { lines, pickedAt } };
};

const parcelsShown = (shipment: Shipment): Partial<ShownShipment> => {
  if (!('parcels' in shipment)) return {};
  const tracked = new Map('tracked' in shipment ? shipment.tracked.map((parcel) => [parcel.parcelId, parcel]) : []);
  return {
    parcels: shipment.parcels.map((parcel) => {
      const found = tracked.get(parcel.parcelId);
      if (!found) return parcel;
      const { trackingNumber, status, scans, back } = found;
      const units = back && { back: [...back].map(([lineId, quantity]) => ({ lineId, quantity })) };
      return { ...parcel, trackingNumber, scans, ...(isCarried(shipment) ? { status } : {}), ...units };
    }),
  };
};

const goneShown = ({ lateCancellation, ...shipment }: Carried | Collected): Partial<ShownShipment> => ({
  dispatchedAt: 'collectedAt' in shipment ? shipment.collectedAt : shipment.dispatchedAt,
  ...(lateCancellation === undefined ? {} : { lateCancellation }),
});

const labelShown = (shipment: Shipment): Partial<ShownShipment> => {
  const { customs, ...label } = ('label' in shipment && shipment.label) || {};
  const declared = customs ?? (isRequested(shipment) ? shipment.request.customs : undefined);
  return { ...('labelId' in label ? { label } : {}), ...(declared ? { customs: declared } : {}) };
};

const requestShown = ({ request: { customs: _declared, ...request }, delay }: Requested): Partial<ShownShipment> => ({
  labelRequest: { ...request, ...(delay ? { delay } : {}) },
});

const endShown = (shipment: Shipment): Partial<ShownShipment> => {
  if (shipment.status === 'label-failed') return { labelFailure: shipment.failure };
  if (isRequested(shipment)) return requestShown(shipment);
  if (shipment.status === 'cancelled') {
    const { reason, cancelledAt, label } = shipment;
    return { cancelled: { reason, cancelledAt, labelVoided: label !== undefined && labelsToVoid(shipment).length === 0 } };
  }
  return isGone(shipment) ? goneShown(shipment) : {};
};

const instructionsShown = (shipment: Shipment): Partial<ShownShipment> => {
  const instructed = instructionsOf(shipment).map(({ personal: _sealed, ...each }): ShownInstruction => each);
  return instructed.length > 0 ? { instructed } : {};
};

export const shownShipment = (shipmentId: string, shipment: Shipment): ShownShipment => {
  if (shipment.status === 'none') throw unknownShipment();
  return {
    shipmentId,
    status: shipment.status,
    ...planShown(shipment),
    ...pickingShown(shipment),
    ...parcelsShown(shipment),
    ...labelShown(shipment),
    ...endShown(shipment),
    ...(holdsOf(shipment).length > 0 ? { holds: holdsOf(shipment) } : {}),
    ...instructionsShown(shipment),
    ...(shipment.lost ? { lost: shipment.lost } : {}),
    ...(shipment.withPartner ? { withPartner: shipment.withPartner } : {}),
  };
};
