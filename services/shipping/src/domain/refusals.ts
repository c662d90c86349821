import { Refused } from '@cartage/eventsourcing';
import { holdsOf } from './beside';
import type { Plan, ShipmentRef } from './events';
import type { Shipment } from './shipment';

export const refOf = ({ shipmentId, orderId, fulfillmentId, location }: ShipmentRef): ShipmentRef => ({
  shipmentId,
  orderId,
  fulfillmentId,
  location,
});

/** Who fulfils it, where that is not us. */
export const byPartner = ({ partner }: Pick<Plan, 'partner'>): Pick<Plan, 'partner'> => (partner === undefined ? {} : { partner });

export const unknownShipment = (): Refused => new Refused('SHIPMENT_UNKNOWN', 'There is no such shipment, or not yet.', 'unknown');

/** A hold stops what is not handed over. */
export const requireFree = (shipment: Shipment): void => {
  const [hold] = holdsOf(shipment);
  if (!hold) return;
  const { holdId, type, reason } = hold;
  throw new Refused('SHIPMENT_HELD', `It is held (${type}: ${reason.detail ?? reason.code}). Release hold ${holdId} first.`);
};

/** Why a shipment that is not yet, or no longer, at the step cannot take it; each says what to do instead. */
const reasons: { readonly [Status in Shipment['status']]?: readonly [code: string, message: string] } = {
  'to-pack': ['SHIPMENT_NOT_PACKED', 'Pack it first.'],
  packed: ['SHIPMENT_NOT_LABELLED', 'It has no label yet. Buy one first, or wait a moment for it.'],
  'label-requested': ['SHIPMENT_NOT_LABELLED', 'The carrier is being asked for its label. Wait a moment.'],
  'label-delayed': [
    'SHIPMENT_NOT_LABELLED',
    'The carrier cannot be reached for its label. It is asked again; or buy one of another service.',
  ],
  'label-failed': ['SHIPMENT_NOT_LABELLED', 'The carrier refused the label. Buy one of another service first.'],
  labelled: ['SHIPMENT_PACKED_ALREADY', 'It is packed and labelled. It can be dispatched.'],
  collected: ['SHIPMENT_COLLECTED', 'The customer has fetched it.'],
  cancelled: ['SHIPMENT_CANCELLED', 'It was cancelled and must not leave. Put the goods back.'],
};

/** The refusal of a step that this shipment's status does not allow. */
export const notNow = ({ status }: Shipment): Refused => {
  if (status === 'none') return unknownShipment();
  const [code, message] = reasons[status] ?? ['SHIPMENT_DISPATCHED', 'The carrier already has it.'];
  return new Refused(code, message);
};
