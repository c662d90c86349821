import { deciding, Refused, type DataOf, type Decider } from '@cartage/eventsourcing';
import type { ShipmentCommand } from './commands';
import type { ShipmentEvent } from './events';
import { packed, samePacking } from './packing';
import { notNow, refOf } from './refusals';
import { decideScan, dispatched } from './scans';
import { evolve, hasLabel, isCarried, type Shipment } from './shipment';

type Decide<Type extends ShipmentCommand['type']> = (data: DataOf<ShipmentCommand, Type>, shipment: Shipment) => readonly ShipmentEvent[];

/** The plan and the allocation come from two topics, in either order; the second one releases the shipment to the warehouse. */
const recordPlan: Decide<'RecordPlan'> = ({ plan, cancelled, now }, shipment) => {
  if (shipment.status !== 'none' && shipment.status !== 'allocated-early') return [];
  const planned: ShipmentEvent = { type: 'ShipmentPlanned', data: { ...plan, plannedAt: now } };
  const { shipmentId, orderId } = plan;
  if (cancelled) return [planned, { type: 'ShipmentCancelled', data: { shipmentId, orderId, reason: cancelled, cancelledAt: now } }];
  return shipment.status === 'none'
    ? [planned]
    : [planned, { type: 'ShipmentReleased', data: { ...shipment.allocation, releasedAt: now } }];
};

const recordAllocation: Decide<'RecordAllocation'> = ({ allocation, now }, shipment) => {
  const allocated: ShipmentEvent = { type: 'AllocationRecorded', data: { ...allocation, allocatedAt: now } };
  if (shipment.status === 'none') return [allocated];
  return shipment.status === 'planned' ? [allocated, { type: 'ShipmentReleased', data: { ...allocation, releasedAt: now } }] : [];
};

const pack: Decide<'PackShipment'> = ({ parcels, now }, shipment) => {
  if ('parcels' in shipment) {
    if (samePacking(shipment.parcels, packed(shipment.plan.lines, parcels))) return [];
    throw new Refused('SHIPMENT_PACKED_ALREADY', 'It was packed before, in other parcels.');
  }
  if (shipment.status !== 'to-pack') throw notNow(shipment);
  const { plan } = shipment;
  return [{ type: 'ShipmentPacked', data: { ...refOf(plan), lines: plan.lines, parcels: packed(plan.lines, parcels), packedAt: now } }];
};

const recordLabel: Decide<'RecordLabel'> = ({ booking, trackingToken, now }, shipment) => {
  if (hasLabel(shipment)) {
    if (shipment.label.trackingNumber === booking.trackingNumber) return [];
    throw new Refused('LABEL_EXISTS', `It has the label ${shipment.label.trackingNumber} already.`);
  }
  if (shipment.status !== 'packed' && shipment.status !== 'label-failed') throw notNow(shipment);
  return [{ type: 'LabelPurchased', data: { ...refOf(shipment.plan), ...booking, trackingToken, purchasedAt: now } }];
};

const recordLabelFailure: Decide<'RecordLabelFailure'> = ({ carrier, reason, now }, shipment) => {
  if (hasLabel(shipment)) return [];
  if (shipment.status === 'label-failed' && shipment.carrier === carrier && shipment.failure === reason) return [];
  if (shipment.status !== 'packed' && shipment.status !== 'label-failed') throw notNow(shipment);
  return [{ type: 'LabelFailed', data: { ...refOf(shipment.plan), carrier, reason, failedAt: now } }];
};

const recordLabelVoided: Decide<'RecordLabelVoided'> = ({ now }, shipment) => {
  if (shipment.status !== 'cancelled') throw new Refused('SHIPMENT_NOT_CANCELLED', 'Only the label of a cancelled shipment is voided.');
  if (!shipment.plan || !shipment.label || shipment.labelVoided) return [];
  const { plan, label } = shipment;
  return [{ type: 'LabelVoided', data: { shipmentId: plan.shipmentId, trackingNumber: label.trackingNumber, voidedAt: now } }];
};

const dispatch: Decide<'DispatchShipment'> = ({ now }, shipment) => {
  if (isCarried(shipment)) return [];
  if (shipment.status !== 'labelled') throw notNow(shipment);
  return [dispatched(shipment, now)];
};

const cancel: Decide<'CancelShipment'> = ({ shipmentId, orderId, reason, now }, shipment) => {
  if (shipment.status === 'cancelled') return [];
  if (!isCarried(shipment)) return [{ type: 'ShipmentCancelled', data: { shipmentId, orderId, reason, cancelledAt: now } }];
  return shipment.lateCancellation ? [] : [{ type: 'CancellationCameLate', data: { shipmentId, reason, recordedAt: now } }];
};

export const shipment: Decider<ShipmentCommand, Shipment, ShipmentEvent> = {
  initial: { status: 'none' },
  evolve,
  decide: deciding<ShipmentCommand, Shipment, ShipmentEvent>({
    RecordPlan: recordPlan,
    RecordAllocation: recordAllocation,
    PackShipment: pack,
    RecordLabel: recordLabel,
    RecordLabelFailure: recordLabelFailure,
    RecordLabelVoided: recordLabelVoided,
    DispatchShipment: dispatch,
    RecordScan: ({ scan, now }, state) => decideScan(scan, now, state),
    CancelShipment: cancel,
  }),
};
