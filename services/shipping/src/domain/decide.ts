import { deciding, Refused, type DataOf, type Decider } from '@cartage/eventsourcing';
import type { ShipmentCommand } from './commands';
import type { ShipmentEvent } from './events';
import { packed, samePacking } from './packing';
import { notNow, refOf } from './refusals';
import { decideScan, dispatched, slim } from './scans';
import { evolve, hasLabel, isCarried, type Shipment } from './shipment';

type Decide<Type extends ShipmentCommand['type']> = (data: DataOf<ShipmentCommand, Type>, shipment: Shipment) => readonly ShipmentEvent[];

/** Stock that is allocated may be picked: that is when a shipment begins. */
const plan: Decide<'PlanShipment'> = ({ plan, cancelled, now }, { status }) => {
  if (status !== 'none') return [];
  const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, plannedAt: now } };
  if (!cancelled) return [planned];
  return [planned, { type: 'ShipmentCancelled', data: { ...refOf(plan), lines: slim(plan.lines), reason: cancelled, cancelledAt: now } }];
};

const pack: Decide<'PackShipment'> = ({ parcels, now }, shipment) => {
  if ('parcels' in shipment) {
    if (samePacking(shipment.parcels, packed(shipment.plan.lines, parcels))) return [];
    throw new Refused('SHIPMENT_PACKED_ALREADY', 'It was packed before, in other parcels.');
  }
  if (shipment.status !== 'to-pack') throw notNow(shipment);
  const { plan } = shipment;
  return [
    { type: 'ShipmentPacked', data: { ...refOf(plan), lines: slim(plan.lines), parcels: packed(plan.lines, parcels), packedAt: now } },
  ];
};

const recordLabel: Decide<'RecordLabel'> = ({ labelId, booking, trackingToken, now }, shipment) => {
  if (hasLabel(shipment)) {
    const { label } = shipment;
    if (label.carrier === booking.carrier && label.service === booking.service) return [];
    throw new Refused('LABEL_EXISTS', `It has a label of service ${label.service} already.`);
  }
  if (shipment.status !== 'packed' && shipment.status !== 'label-failed') throw notNow(shipment);
  return [{ type: 'LabelPurchased', data: { ...refOf(shipment.plan), labelId, ...booking, trackingToken, purchasedAt: now } }];
};

const recordLabelFailure: Decide<'RecordLabelFailure'> = ({ carrier, reason, now }, shipment) => {
  if (hasLabel(shipment)) return [];
  if (shipment.status === 'label-failed' && shipment.carrier === carrier && shipment.failure.code === reason.code) return [];
  if (shipment.status !== 'packed' && shipment.status !== 'label-failed') throw notNow(shipment);
  return [{ type: 'LabelFailed', data: { ...refOf(shipment.plan), carrier, reason, failedAt: now } }];
};

const recordLabelVoided: Decide<'RecordLabelVoided'> = ({ now }, shipment) => {
  if (shipment.status !== 'cancelled') throw new Refused('SHIPMENT_NOT_CANCELLED', 'Only the label of a cancelled shipment is voided.');
  if (!shipment.plan || !shipment.label || shipment.labelVoided) return [];
  const { plan, label } = shipment;
  return [{ type: 'LabelVoided', data: { shipmentId: plan.shipmentId, labelId: label.labelId, voidedAt: now } }];
};

const dispatch: Decide<'DispatchShipment'> = ({ now }, shipment) => {
  if (isCarried(shipment)) return [];
  if (shipment.status !== 'labelled') throw notNow(shipment);
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

export const shipment: Decider<ShipmentCommand, Shipment, ShipmentEvent> = {
  initial: { status: 'none' },
  evolve,
  decide: deciding<ShipmentCommand, Shipment, ShipmentEvent>({
    PlanShipment: plan,
    PackShipment: pack,
    RecordLabel: recordLabel,
    RecordLabelFailure: recordLabelFailure,
    RecordLabelVoided: recordLabelVoided,
    DispatchShipment: dispatch,
    RecordScan: decideScan,
    CancelShipment: cancel,
  }),
};
