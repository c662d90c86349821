import type { Destination, Sealed } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { ShipmentEvent, ShipmentHold } from './events';
import { answered, instructed, type Instruction } from './instruction';
import { confirmed, picked, type Picking } from './picking';
import { withFound, withLost, type Loss } from './loss';
import { quoteOf, type Quote } from './quote';
import { cancellationAnswered, partnerChanges, type WithPartner } from './with-partner';
import type { Shipment } from './shipment';

/** A label that nobody uses; its id is our reference at the carrier. */
export interface LabelToVoid {
  readonly labelId: string;
  readonly carrier: string;
  /** Absent if nobody knows whether it was ever bought. */
  readonly parcels?: readonly { readonly parcelId: string; readonly trackingNumber: string }[];
  /** When it was asked for, or bought. */
  readonly since: string;
  /** What it was sold for; absent where it was not, or not to us. */
  readonly sold?: { readonly cost: number; readonly currency: string };
}

/** What stands beside any status of a shipment, and outlives every change of it. */
export interface Beside {
  /** What it waits for: it is neither packed nor handed over before. */
  readonly holds?: readonly ShipmentHold[];
  /** Of a cancelled shipment, to another place, or of a carrier that did not answer: the carrier is to be told that nobody uses them. */
  readonly labelsToVoid?: readonly LabelToVoid[];
  /** When its destination was last changed, or was to be changed too late. */
  readonly destinationChangedAt?: string;
  /** What the carrier is to do with parcels that it could not deliver, the newest last. */
  readonly instructions?: readonly Instruction[];
  /** The wave that it is picked in, or was. */
  readonly waveId?: string;
  /** Once somebody began to pick it. */
  readonly picking?: Picking;
  /** Parcels that nobody knew the place of. */
  readonly lost?: readonly Loss[];
  /** Where others fulfil it. */
  readonly withPartner?: WithPartner;
  /** Of the label that was asked for last, if carriers were asked what it costs. */
  readonly quote?: Quote;
}

export const instructionsOf = ({ instructions = [] }: Beside): readonly Instruction[] => instructions;
export const holdsOf = ({ holds = [] }: Beside): readonly ShipmentHold[] => holds;
export const labelsToVoid = ({ labelsToVoid: labels = [] }: Beside): readonly LabelToVoid[] => labels;

const ownBeside = ({ holds, labelsToVoid: labels, destinationChangedAt, instructions, picking, waveId, lost }: Beside): Beside => ({
  ...(holds ? { holds } : {}),
  ...(picking ? { picking } : {}),
  ...(waveId === undefined ? {} : { waveId }),
  ...(labels ? { labelsToVoid: labels } : {}),
  ...(destinationChangedAt === undefined ? {} : { destinationChangedAt }),
  ...(instructions ? { instructions } : {}),
  ...(lost ? { lost } : {}),
});

const besideOf = (shipment: Beside): Beside => ({
  ...ownBeside(shipment),
  ...(shipment.withPartner ? { withPartner: shipment.withPartner } : {}),
  ...(shipment.quote ? { quote: shipment.quote } : {}),
});

/** The shipment with these beside its status. */
export const withBeside = ({ waveId: _, ...shipment }: Shipment, beside: Beside): Shipment => ({ ...shipment, ...besideOf(beside) });

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
  WaveJoined: (before, { waveId }) => ({ ...before, waveId }),
  WaveLeft: ({ waveId: _, ...before }) => before,
  LinesConfirmed: (before, data) => ({ ...before, picking: confirmed(before.picking, data) }),
  ShipmentPicked: (before, data) => ({ ...before, picking: picked(before.picking, data) }),
  RatesQuoted: ({ quote: _, ...before }, data) => {
    const quote = quoteOf(data);
    return quote ? { ...before, quote } : before;
  },
  LabelRequested: (before, _, labels) => leaving(before, labels),
  LabelVoided: (before, data) => ({ ...before, labelsToVoid: labelsToVoid(before).filter(({ labelId }) => labelId !== data.labelId) }),
  // Numbers of a carrier of whoever fulfils it take the place of a label of ours.
  LabelPurchased: (before, { labelId }, labels) =>
    leaving(
      before,
      labels.filter((label) => label.labelId !== labelId),
    ),
  ShipmentCancelled: (before, _, labels) => cancellationAnswered(leaving(before, labels)),
  ...partnerChanges,
  DestinationReplaced: (before, { changedAt }, labels) => ({ ...leaving(before, labels), destinationChangedAt: changedAt }),
  DestinationChangeRefused: (before, { changedAt }) => ({ ...before, destinationChangedAt: changedAt }),
  DeliveryInstructed: instructed,
  ParcelLost: withLost,
  ParcelFound: withFound,
  InstructionAccepted: (before, { acceptedAt: at, ...of }) => answered(before, of, { accepted: true, at }),
  InstructionRefused: (before, { refusedAt: at, reason, ...of }) => answered(before, of, { accepted: false, reason, at }),
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
