import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { ShipmentCommand } from './commands';
import type { ShipmentEvent } from './events';
import { notNow, requireFree } from './refusals';
import type { Shipment } from './shipment';

type Decide<Type extends ShipmentCommand['type']> = (data: DataOf<ShipmentCommand, Type>, shipment: Shipment) => readonly ShipmentEvent[];

/** A shipment says itself which wave it is in, so that it is never in two. */
const join: Decide<'JoinWave'> = ({ waveId, over, now }, shipment) => {
  if (shipment.waveId === waveId) return [];
  if (shipment.status !== 'to-pack') throw notNow(shipment);
  requireFree(shipment);
  if (shipment.picking?.pickedAt !== undefined) throw new Refused('SHIPMENT_PICKED_ALREADY', 'It was picked. It can be packed.');
  if (shipment.waveId !== undefined && shipment.waveId !== over)
    throw new Refused('SHIPMENT_IN_WAVE', `It is picked in wave ${shipment.waveId}. Close that first.`);
  const { shipmentId, orderId } = shipment.plan;
  return [{ type: 'WaveJoined', data: { shipmentId, orderId, waveId, joinedAt: now } }];
};

const leave: Decide<'LeaveWave'> = ({ waveId, now }, shipment) => {
  if (shipment.waveId !== waveId || !('plan' in shipment) || !shipment.plan) return [];
  const { shipmentId, orderId } = shipment.plan;
  return [{ type: 'WaveLeft', data: { shipmentId, orderId, waveId, leftAt: now } }];
};

export const waveDecisions = { JoinWave: join, LeaveWave: leave };
