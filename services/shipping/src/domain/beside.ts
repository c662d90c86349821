import type { Destination, Sealed } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { ShipmentEvent, ShipmentHold } from './events';
import type { Shipment } from './shipment';

/** A label that nobody uses; its id is our reference at the carrier. */
export interface LabelToVoid {
  readonly labelId: string;
  readonly carrier: string;
  /** Absent if nobody knows whether it was ever bought. */
  readonly parcels?: readonly { readonly parcelId: string; readonly trackingNumber: string }[];
  /** When it was asked for, or bought. */
  readonly since: string;
}

/** What stands beside any status of a shipment, and outlives every change of it. */
export interface Beside {
  /** What it waits for: it is neither packed nor handed over before. */
  readonly holds?: readonly ShipmentHold[];
  /** Of a cancelled shipment, to another place, or of a carrier that did not answer: the carrier is to be told that nobody uses them. */
  readonly labelsToVoid?: readonly LabelToVoid[];
  /** When its destination was last changed, or was to be changed too late. */
  readonly destinationChangedAt?: string;
}

export const holdsOf = ({ holds = [] }: Beside): readonly ShipmentHold[] => holds;
export const labelsToVoid = ({ labelsToVoid: labels = [] }: Beside): readonly LabelToVoid[] => labels;

const besideOf = ({ holds, labelsToVoid: labels, destinationChangedAt }: Beside): Beside => ({
  ...(holds ? { holds } : {}),
  ...(labels ? { labelsToVoid: labels } : {}),
  ...(destinationChangedAt === undefined ? {} : { destinationChangedAt }),
});

/** The shipment with these beside its status. */
export const withBeside = (shipment: Shipment, beside: Beside): Shipment => ({ ...shipment, ...besideOf(beside) });

const leaving = (before: Beside, labels: readonly LabelToVoid[]): Beside =>
  labels.length > 0 ? { ...before, labelsToVoid: [...labelsToVoid(before), ...labels] } : before;

type Changes = {
  readonly [Type in ShipmentEvent['type']]?: (before: Beside, data: DataOf<ShipmentEvent, Type>, labels: readonly LabelToVoid[]) => Beside;
};

const changes: Changes = {
  ShipmentHeld: (before, { holdId, type, reason, heldAt }) => ({
    ...before,
    holds: [...holdsOf(before), { holdId, type, reason, heldAt }],
  }),
  ShipmentReleased: (before, data) => ({ ...before, holds: holdsOf(before).filter(({ holdId }) => holdId !== data.holdId) }),
  LabelRequested: (before, _, labels) => leaving(before, labels),
  LabelVoided: (before, data) => ({ ...before, labelsToVoid: labelsToVoid(before).filter(({ labelId }) => labelId !== data.labelId) }),
  ShipmentCancelled: (before, _, labels) => leaving(before, labels),
  DestinationReplaced: (before, { changedAt }, labels) => ({ ...leaving(before, labels), destinationChangedAt: changedAt }),
  DestinationChangeRefused: (before, { changedAt }) => ({ ...before, destinationChangedAt: changedAt }),
};

/** What an event changes beside the status; `labels` are those that it leaves without use if it is to go elsewhere, or nowhere. */
export const besideAfter = (shipment: Shipment, { type, data }: ShipmentEvent, labels: readonly LabelToVoid[]): Beside => {
  const change = changes[type] as ((before: Beside, data: unknown, labels: readonly LabelToVoid[]) => Beside) | undefined;
  const before = besideOf(shipment);
  return change ? change(before, data, labels) : before;
};

export interface Address {
  readonly destination?: Destination;
  readonly personal: Sealed;
}
