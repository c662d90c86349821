import type { Reason, Sealed } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import { instructionsOf, type Beside } from './beside';
import { isOf, type Instruction, type InstructionKind, type InstructionOf } from './instruction';
import type { ShipmentEvent } from './events';
import { notNow, refOf } from './refusals';
import { hasLabel, isCarried, type Carried, type Shipment, type Tracked } from './shipment';
import { isOver } from './status';

export interface Instructing {
  readonly instructionId: string;
  /** Every parcel whose delivery failed, if absent. */
  readonly parcelId?: string;
  readonly instruction: InstructionKind;
  readonly day?: string;
  readonly personal?: Sealed;
  /** Whose, and why. */
  readonly reason: Reason;
}

interface At {
  readonly now: string;
}
const failed = ({ status }: Tracked): boolean => status === 'attempt-failed' || status === 'exception';

/** What cannot be any more, or need not be, by name. */
const requireFailed = (parcel: Tracked | undefined, parcelId: string): void => {
  if (!parcel)
    throw new Refused('PARCEL_UNKNOWN', `There is no parcel ${parcelId} in this shipment.`, 'invalid', [
      { field: 'parcelId', code: 'PARCEL_UNKNOWN', message: 'is no parcel of this shipment' },
    ]);
  if (parcel.status === 'delivered')
    throw new Refused('PARCEL_DELIVERED', `Parcel ${parcel.parcelId} was delivered: nothing is left to instruct.`);
  if (isOver(parcel.status)) throw new Refused('PARCEL_RETURNING', `Parcel ${parcel.parcelId} is on its way back already.`);
  if (!failed(parcel)) throw new Refused('DELIVERY_NOT_FAILED', `Parcel ${parcel.parcelId} is under way: no delivery of it has failed.`);
};

const toInstruct = ({ tracked }: Carried, parcelId: string | undefined): readonly Tracked[] => {
  const parcels = parcelId === undefined ? tracked.filter(failed) : tracked.filter((parcel) => parcel.parcelId === parcelId);
  const [first = tracked[0]] = parcels;
  requireFailed(parcelId === undefined ? first : parcels[0], parcelId ?? '');
  return parcels;
};

const requireDispatched = (shipment: Shipment): Carried & Beside => {
  if (isCarried(shipment)) return shipment;
  if (hasLabel(shipment)) throw new Refused('SHIPMENT_NOT_DISPATCHED', 'No carrier has it yet.');
  throw notNow(shipment);
};

export const instruct = ({ parcelId, now, ...given }: Instructing & At, before: Shipment): readonly ShipmentEvent[] => {
  const shipment = requireDispatched(before);
  if (instructionsOf(shipment).some(({ instructionId }) => instructionId === given.instructionId)) return [];
  const { plan, label } = shipment;
  return toInstruct(shipment, parcelId).map((parcel): ShipmentEvent => ({
    type: 'DeliveryInstructed',
    data: {
      ...{ ...refOf(plan), carrier: label.carrier, parcelId: parcel.parcelId, trackingNumber: parcel.trackingNumber },
      ...{ ...given, instructedAt: now },
    },
  }));
};

/** What the carrier says counts once. */
const isOpen = (shipment: Shipment, of: InstructionOf): boolean => instructionsOf(shipment).some((each) => isOf(of)(each) && !each.outcome);

export const acceptInstruction = ({ now, ...of }: InstructionOf & At, shipment: Shipment): readonly ShipmentEvent[] =>
  isOpen(shipment, of) ? [{ type: 'InstructionAccepted', data: { ...of, acceptedAt: now } }] : [];

export const refuseInstruction = (
  { now, reason, ...of }: InstructionOf & At & { readonly reason: Reason },
  shipment: Shipment,
): readonly ShipmentEvent[] => (isOpen(shipment, of) ? [{ type: 'InstructionRefused', data: { ...of, reason, refusedAt: now } }] : []);

const overtaken = (detail: string): Reason => ({ code: 'overtaken', detail, by: 'policy' });

/** Why an instruction that the carrier was not told of need not be any more. */
export const overtakenBy = (shipment: Shipment, { instructionId, parcelId }: Instruction): Reason | undefined => {
  const parcel = 'tracked' in shipment ? shipment.tracked.find((each) => each.parcelId === parcelId) : undefined;
  if (!parcel || isOver(parcel.status)) return overtaken(`The parcel is ${parcel?.status ?? 'not there'}.`);
  const last = instructionsOf(shipment).findLast((each) => each.parcelId === parcelId);
  return last && last.instructionId !== instructionId ? overtaken('A later instruction counts.') : undefined;
};

/** How often its delivery failed, and whether anybody said what is to be done since the last time. */
export const failuresOf = (shipment: Shipment, parcelId: string): { readonly attempts: number; readonly waits: boolean } => {
  const parcel = isCarried(shipment) ? shipment.tracked.find((each) => each.parcelId === parcelId) : undefined;
  const attempts = new Set(parcel?.scans.filter(({ milestone }) => milestone === 'attempt-failed').map(({ occurredAt }) => occurredAt));
  const last = [...attempts].sort().at(-1);
  const isInstructed = instructionsOf(shipment).some((each) => each.parcelId === parcelId && each.instructedAt >= (last ?? ''));
  return { attempts: attempts.size, waits: parcel?.status === 'attempt-failed' && !isInstructed };
};
