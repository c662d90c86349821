import { Refused, type DataOf } from '@cartage/eventsourcing';
import { deliveryCharges } from './charges';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { remittedOf, type Charge } from './ledger';
import { requireCharge, requireKnown, requirePromised, type Payment } from './payment';
import { isCod, moneyOf } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

/** Whether there is cash in it: something is due, and it was not given up before (its capture failed: somebody must collect). */
const isDue = ({ amount, captureId }: Charge): boolean => amount > 0 && captureId === undefined;

/** A delivery means money only where the carrier collects it at the door: for the units that were delivered. */
export const recordDelivery = (delivery: Command<'RecordDelivery'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, shipmentId, parcels, lines, now } = delivery;
  const { terms } = requireKnown(orderId, payment);
  if (!isCod(terms) || terms.total === 0) return [];
  const charge = requireCharge(requirePromised(orderId, payment), shipmentId);
  const isNew = parcels.length === 0 || parcels.some((parcel) => !charge.parcels.has(parcel));
  if (!isDue(charge) || !isNew) return [];
  const { amount, ...due } = deliveryCharges(charge, { units: charge.delivered, first: charge.delivered.size === 0 }, lines);
  return amount > 0
    ? [{ type: 'CodCollected', data: { ...moneyOf(terms, amount), shipmentId, ...due, parcels, collectedAt: now } }]
    : [{ type: 'DeliveryCounted', data: { orderId, shipmentId, lines: due.lines, parcels, countedAt: now } }];
};

/** The carrier hands collected cash over, perhaps in parts; its reference tells a part from a repeat. */
export const recordRemittance = (
  { orderId, shipmentId, amount, reference, now }: Command<'RecordRemittance'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const promised = requirePromised(orderId, payment);
  const charge = requireCharge(promised, shipmentId);
  const before = charge.remittances.get(reference);
  if (before === amount) return [];
  if (before !== undefined)
    throw new Refused('REMITTANCE_DIFFERS', `Remittance ${reference} of shipment ${shipmentId} was recorded before, with ${before}.`);
  const open = charge.collected - remittedOf(charge);
  if (amount > open)
    throw new Refused('REMITTANCE_EXCEEDS_COLLECTED', `Only ${open} of shipment ${shipmentId} is collected and not remitted.`, 'invalid', [
      { field: 'amount', code: 'REMITTANCE_EXCEEDS_COLLECTED', message: `At most ${open}.` },
    ]);
  return [{ type: 'CodRemitted', data: { ...moneyOf(promised.terms, amount), shipmentId, reference, remittedAt: now } }];
};
