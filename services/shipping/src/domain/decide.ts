import { deciding, Refused, type DataOf, type Decider } from '@cartage/eventsourcing';
import { holdsOf } from './beside';
import type { ShipmentCommand } from './commands';
import type { ShipmentEvent } from './events';
import { labelDecisions } from './labels';
import { packed, samePacking } from './packing';
import { notNow, refOf, requireFree } from './refusals';
import { decideScan, dispatched, slim } from './scans';
import { evolve, isCarried, type Shipment } from './shipment';

type Decide<Type extends ShipmentCommand['type']> = (data: DataOf<ShipmentCommand, Type>, shipment: Shipment) => readonly ShipmentEvent[];

/** Stock that is allocated may be picked: that is when a shipment begins. */
const plan: Decide<'PlanShipment'> = ({ plan, cancelled, holds = [], now }, shipment) => {
  if (shipment.status !== 'none') return [];
  const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, plannedAt: now } };
  const known = new Set(holdsOf(shipment).map(({ holdId }) => holdId));
  const held = holds.filter(({ holdId }) => !known.has(holdId));
  if (!cancelled) return [planned, ...held.map((hold): ShipmentEvent => ({ type: 'ShipmentHeld', data: { ...refOf(plan), ...hold } }))];
  return [planned, { type: 'ShipmentCancelled', data: { ...refOf(plan), lines: slim(plan.lines), reason: cancelled, cancelledAt: now } }];
};

const pack: Decide<'PackShipment'> = ({ parcels, now }, shipment) => {
  if ('parcels' in shipment) {
    if (samePacking(shipment.parcels, packed(shipment.plan.lines, parcels))) return [];
    throw new Refused('SHIPMENT_PACKED_ALREADY', 'It was packed before, in other parcels.');
  }
  if (shipment.status !== 'to-pack') throw notNow(shipment);
  requireFree(shipment);
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

/** Whoever holds the goods decides: nothing of it goes out, or the carrier has it and somebody must recall it. */
const cancel: Decide<'CancelShipment'> = ({ shipment: { lines, ...ref }, reason, now }, shipment) => {
  if (shipment.status === 'cancelled') return [];
  if (!isCarried(shipment)) {
    const all = 'plan' in shipment ? shipment.plan.lines : lines;
    return [{ type: 'ShipmentCancelled', data: { ...refOf(ref), lines: slim(all), reason, cancelledAt: now } }];
  }
  // Whoever asks after that has heard the answer already.
  if (shipment.lateCancellation) return [];
  const tooLate = { code: 'handed-over', detail: `The carrier has it; it was asked for ${reason.code}.`, by: 'carrier' };
  return [{ type: 'CancellationRefused', data: { ...refOf(shipment.plan), reason: tooLate, refusedAt: now } }];
};

/** What is handed over, or cancelled, cannot be held any more. One that is not planned yet is held from its beginning. */
const hold: Decide<'HoldShipment'> = ({ shipment: ref, hold: held }, shipment) => {
  if (shipment.status === 'cancelled' || isCarried(shipment)) return [];
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
  if (!isCarried(shipment)) return [{ type: 'DestinationReplaced', data: change }];
  const tooLate = { code: 'handed-over', detail: `The carrier has it; it was asked for ${reason.code}.`, by: 'carrier' };
  const { shipGroupId } = plan;
  const refused = { ...refOf(plan), shipGroupId, reason: tooLate, changedAt: change.changedAt, refusedAt: now };
  return [{ type: 'DestinationChangeRefused', data: refused }];
};

export const shipment: Decider<ShipmentCommand, Shipment, ShipmentEvent> = {
  initial: { status: 'none' },
  evolve,
  decide: deciding<ShipmentCommand, Shipment, ShipmentEvent>({
    PlanShipment: plan,
    PackShipment: pack,
    ...labelDecisions,
    DispatchShipment: dispatch,
    HoldShipment: hold,
    ReleaseShipment: release,
    ChangeDestination: changeDestination,
    RecordScan: decideScan,
    CancelShipment: cancel,
  }),
};
