import type { Reason } from '@cartage/contracts';
import { canonicalJson, deciding, Refused, type DataOf, type Decider } from '@cartage/eventsourcing';
import { holdsOf, type Beside } from './beside';
import { supposeDelivered } from './arrivals';
import { arriveAtStore, leaveAtStore } from './at-store';
import { handOver, isGone } from './collecting';
import type { ShipmentCommand } from './commands';
import { pick, requirePicked } from './confirming';
import type { Plan, ShipmentEvent } from './events';
import { cancelWithPartner, hearPartner } from './hearing-partners';
import { acceptInstruction, instruct, refuseInstruction } from './instructions';
import { labelDecisions } from './labels';
import { requireBoxed } from './as-suggested';
import { declareFound, declareLost } from './losing';
import { packed, samePacking } from './packing';
import { notesOf, withNotes } from './packing-notes';
import { notNow, refOf, requireFree } from './refusals';
import { receiveRto } from './rto';
import { decideScan, dispatched, slim } from './scans';
import { evolve, isCarried, isOver, type Carried, type Collected, type Shipment } from './shipment';
import { waveDecisions } from './joining';

type Decide<Type extends ShipmentCommand['type']> = (data: DataOf<ShipmentCommand, Type>, shipment: Shipment) => readonly ShipmentEvent[];

/** Whoever has sent some of it has taken the rest, too. */
const taken = (plan: Plan, now: string): readonly ShipmentEvent[] =>
  plan.restOf === undefined || plan.partner === undefined
    ? []
    : [{ type: 'ShipmentAccepted', data: { ...refOf(plan), partner: plan.partner, acceptedAt: now } }];

/** Stock that is allocated may be picked: that is when a shipment begins. */
const plan: Decide<'PlanShipment'> = ({ plan, cancelled, holds = [], now }, shipment) => {
  if (shipment.status !== 'none') return [];
  const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, plannedAt: now } };
  const known = new Set(holdsOf(shipment).map(({ holdId }) => holdId));
  const held = holds.filter(({ holdId }) => !known.has(holdId));
  if (!cancelled)
    return [
      ...[planned, ...taken(plan, now)],
      ...held.map((hold): ShipmentEvent => ({ type: 'ShipmentHeld', data: { ...refOf(plan), ...hold } })),
    ];
  return [planned, { type: 'ShipmentCancelled', data: { ...refOf(plan), lines: slim(plan.lines), reason: cancelled, cancelledAt: now } }];
};

const pack: Decide<'PackShipment'> = ({ parcels, unboxed = [], now }, shipment) => {
  if ('parcels' in shipment) {
    if (samePacking(shipment.parcels, packed(shipment.plan.lines, parcels))) return [];
    throw new Refused('SHIPMENT_PACKED_ALREADY', 'It was packed before, in other parcels.');
  }
  if (shipment.status !== 'to-pack') throw notNow(shipment);
  requireFree(shipment);
  requirePicked(shipment);
  requireBoxed(unboxed);
  const { plan } = shipment;
  return [
    { type: 'ShipmentPacked', data: { ...refOf(plan), lines: slim(plan.lines), parcels: packed(plan.lines, parcels), packedAt: now } },
  ];
};

const dispatch: Decide<'DispatchShipment'> = ({ now }, shipment) => {
  if (isCarried(shipment)) return [];
  if (shipment.status !== 'labelled') throw notNow(shipment);
  requireFree(shipment);
  return [dispatched(shipment, now)];
};

const holderOf = (shipment: Shipment): string => (isCarried(shipment) ? 'The carrier' : 'The customer');

/** Somebody has it, and must be asked for it. Whoever asks after that has heard the answer already. */
const tooLateFor = (shipment: Beside & (Carried | Collected), reason: Reason, now: string): readonly ShipmentEvent[] => {
  if (shipment.lateCancellation || shipment.withPartner?.goneOut) return [];
  const tooLate = { code: 'handed-over', detail: `${holderOf(shipment)} has it; it was asked for ${reason.code}.`, by: 'carrier' };
  return [{ type: 'CancellationRefused', data: { ...refOf(shipment.plan), reason: tooLate, refusedAt: now } }];
};

/** Whoever holds the goods decides: nothing of it goes out; or the carrier has it; or whoever fulfils it for us has to say. */
const cancel: Decide<'CancelShipment'> = ({ shipment: { lines, ...ref }, reason, now }, shipment) => {
  if (shipment.status === 'cancelled') return [];
  if (isGone(shipment)) return tooLateFor(shipment, reason, now);
  const plan = 'plan' in shipment ? shipment.plan : undefined;
  if (plan?.partner !== undefined) return cancelWithPartner(shipment, plan.partner, { reason, now });
  return [{ type: 'ShipmentCancelled', data: { ...refOf(ref), lines: slim(plan?.lines ?? lines), reason, cancelledAt: now } }];
};

/** What is handed over, or cancelled, cannot be held any more. One that is not planned yet is held from its beginning. */
const hold: Decide<'HoldShipment'> = ({ shipment: ref, hold: held }, shipment) => {
  if (shipment.status === 'cancelled' || isGone(shipment)) return [];
  if (holdsOf(shipment).some(({ holdId }) => holdId === held.holdId)) return [];
  return [{ type: 'ShipmentHeld', data: { ...refOf(ref), ...held } }];
};

const release: Decide<'ReleaseShipment'> = ({ shipmentId, holdId, now }, shipment) =>
  holdsOf(shipment).some((held) => held.holdId === holdId)
    ? [{ type: 'ShipmentReleased', data: { shipmentId, holdId, releasedAt: now } }]
    : [];

/** Of two changes the later one counts. Whoever has the parcels cannot be told any more where they go. */
const changeDestination: Decide<'ChangeDestination'> = ({ change: { reason, ...change }, now }, shipment) => {
  if (!('plan' in shipment) || !shipment.plan || shipment.status === 'cancelled') return [];
  const { plan, destinationChangedAt: before } = { destinationChangedAt: undefined, ...shipment };
  if (before !== undefined && before >= change.changedAt) return [];
  if (!isGone(shipment)) return [{ type: 'DestinationReplaced', data: change }];
  const tooLate = { code: 'handed-over', detail: `${holderOf(shipment)} has it; it was asked for ${reason.code}.`, by: 'carrier' };
  const { shipGroupId } = plan;
  const refused = { ...refOf(plan), shipGroupId, reason: tooLate, changedAt: change.changedAt, refusedAt: now };
  return [{ type: 'DestinationChangeRefused', data: refused }];
};

/** Whoever has handed it over need not be told, and what is as it was is no news. */
const replaceInstructions: Decide<'ReplaceInstructions'> = (notes, shipment) => {
  if (!('plan' in shipment) || !shipment.plan || shipment.status === 'cancelled' || isGone(shipment)) return [];
  const { plan } = shipment;
  const after = notesOf(withNotes(plan, notes));
  if (canonicalJson(after) === canonicalJson(notesOf(plan))) return [];
  return [{ type: 'InstructionsReplaced', data: { shipmentId: plan.shipmentId, ...after } }];
};

export const shipment: Decider<ShipmentCommand, Shipment, ShipmentEvent> = {
  initial: { status: 'none' },
  evolve,
  isOver,
  decide: deciding<ShipmentCommand, Shipment, ShipmentEvent>({
    PlanShipment: plan,
    PickShipment: pick,
    ...waveDecisions,
    PackShipment: pack,
    ...labelDecisions,
    DispatchShipment: dispatch,
    HandOverShipment: handOver,
    ArriveAtStore: arriveAtStore,
    LeaveAtStore: leaveAtStore,
    HoldShipment: hold,
    ReleaseShipment: release,
    ChangeDestination: changeDestination,
    ReplaceInstructions: replaceInstructions,
    RecordScan: decideScan,
    DeclareLost: declareLost,
    DeclareFound: declareFound,
    InstructDelivery: instruct,
    AcceptInstruction: acceptInstruction,
    RefuseInstruction: refuseInstruction,
    ReceiveRto: receiveRto,
    HearPartner: hearPartner,
    SupposeDelivered: supposeDelivered,
    CancelShipment: cancel,
  }),
};
