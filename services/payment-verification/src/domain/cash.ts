import { shareOfUnits } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import { deliveryCharges } from './charges';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { remittedOf, type Charge } from './ledger';
import { requireCharge, requireKnown, requirePromised, tendersOf, type Known, type Payment } from './payment';
import { isCod, moneyOf } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

const cashTender = (known: Known): string | undefined => tendersOf(known).find(isCod)?.paymentId;

/** The part of the cash that belongs to what was delivered now: another way of paying may have borne the rest of the shipment. */
const cashFor = ({ cash, amount, deliveredAmount }: Charge, delivered: number): number =>
  shareOfUnits(cash, { before: deliveredAmount, units: delivered, of: amount });

/** A delivery means money only where the carrier collects it at the door: for the units that were delivered. */
export const recordDelivery = (delivery: Command<'RecordDelivery'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, shipmentId, parcels, lines, now } = delivery;
  const known = requireKnown(orderId, payment);
  const paymentId = cashTender(known);
  if (paymentId === undefined || known.terms.total === 0) return [];
  const charge = requireCharge(requirePromised(orderId, payment), shipmentId);
  const isNew = parcels.length === 0 || parcels.some((parcel) => !charge.parcels.has(parcel));
  if (charge.cash <= charge.collected || !isNew) return [];
  const { amount: delivered, ...due } = deliveryCharges(charge, { units: charge.delivered, first: charge.delivered.size === 0 }, lines);
  const amount = cashFor(charge, delivered);
  return amount > 0
    ? [{ type: 'CodCollected', data: { ...moneyOf(known.terms, paymentId, amount), shipmentId, ...due, parcels, collectedAt: now } }]
    : [{ type: 'DeliveryCounted', data: { orderId, shipmentId, ...due, parcels, countedAt: now } }];
};

/** The carrier hands collected cash over, perhaps in parts; its reference tells a part from a repeat. */
export const recordRemittance = (
  { orderId, shipmentId, amount, reference, now }: Command<'RecordRemittance'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const known = requirePromised(orderId, payment);
  const charge = requireCharge(known, shipmentId);
  const before = charge.remittances.get(reference);
  if (before === amount) return [];
  if (before !== undefined)
    throw new Refused('REMITTANCE_DIFFERS', `Remittance ${reference} of shipment ${shipmentId} was recorded before, with ${before}.`);
  const open = charge.collected - remittedOf(charge);
  if (amount > open)
    throw new Refused('REMITTANCE_EXCEEDS_COLLECTED', `Only ${open} of shipment ${shipmentId} is collected and not remitted.`, 'invalid', [
      { field: 'amount', code: 'REMITTANCE_EXCEEDS_COLLECTED', message: `At most ${open}.` },
    ]);
  const paymentId = cashTender(known) ?? '';
  return [{ type: 'CodRemitted', data: { ...moneyOf(known.terms, paymentId, amount), shipmentId, reference, remittedAt: now } }];
};
