import type { Destination, Sealed } from '@cartage/contracts';
import type { ShipmentEvent, ShipmentHold } from './events';
import type { Label, Shipment } from './shipment';

/** What stands beside any status of a shipment, and outlives every change of it. */
export interface Beside {
  /** What it waits for: it is neither packed nor handed over before. */
  readonly holds?: readonly ShipmentHold[];
  /** Labels to another place: the carrier is to be told that nobody uses them. */
  readonly labelsToVoid?: readonly Label[];
  /** When its destination was last changed, or was to be changed too late. */
  readonly destinationChangedAt?: string;
}

export const holdsOf = ({ holds = [] }: Beside): readonly ShipmentHold[] => holds;
export const labelsToVoid = ({ labelsToVoid: labels = [] }: Beside): readonly Label[] => labels;

const besideOf = ({ holds, labelsToVoid: labels, destinationChangedAt }: Beside): Beside => ({
  ...(holds ? { holds } : {}),
  ...(labels ? { labelsToVoid: labels } : {}),
  ...(destinationChangedAt === undefined ? {} : { destinationChangedAt }),
});

/** The shipment with these beside its status. */
export const withBeside = (shipment: Shipment, beside: Beside): Shipment => ({ ...shipment, ...besideOf(beside) });

const leaving = (before: Beside, labels: readonly Label[]): Beside =>
  labels.length > 0 ? { ...before, labelsToVoid: [...labelsToVoid(before), ...labels] } : before;

/** What an event changes beside the status; `labels` are those that another destination would make useless. */
export const besideAfter = (shipment: Shipment, { type, data }: ShipmentEvent, labels: readonly Label[]): Beside => {
  const before = besideOf(shipment);
  switch (type) {
    case 'ShipmentHeld': {
      const { holdId, type: held, reason, heldAt } = data;
      return { ...before, holds: [...holdsOf(before), { holdId, type: held, reason, heldAt }] };
    }
    case 'ShipmentReleased':
      return { ...before, holds: holdsOf(before).filter(({ holdId }) => holdId !== data.holdId) };
    case 'LabelVoided':
      return before.labelsToVoid
        ? { ...before, labelsToVoid: before.labelsToVoid.filter(({ labelId }) => labelId !== data.labelId) }
        : before;
    case 'DestinationChangeRefused':
      return { ...before, destinationChangedAt: data.changedAt };
    case 'DestinationReplaced':
      return { ...leaving(before, labels), destinationChangedAt: data.changedAt };
    default:
      return before;
  }
};

export interface Address {
  readonly destination?: Destination;
  readonly personal: Sealed;
}
