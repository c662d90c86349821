import { shareOfUnits } from '@cartage/contracts';
import { Refused, type DataOf } from '@cartage/eventsourcing';
import { deliveryCharges } from './charges';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { remittedOf, type Charge } from './ledger';
import { isKnown, requireCharge, requireKnown, requirePromised, tendersOf, type Known, type Payment } from './payment';
import { isCod, moneyOf } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

const cashTender = (known: Known): string | undefined => tendersOf(known).find(isCod)?.paymentId;

/** The part of the cash that belongs to what was delivered now: another way of paying may have borne the rest of the shipment. */
const cashFor = ({ cash, amount, deliveredAmount, collected, withdrawn }: Charge, delivered: number): number =>
  Math.min(shareOfUnits(cash, { before: deliveredAmount, units: delivered, of: amount }), cash - collected - withdrawn.cash);

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

const remitted = (known: Known, { shipmentId, amount, reference, settlementId, now }: Command<'RecordRemittance'>): PaymentEvent => ({
  type: 'CodRemitted',
  data: {
    ...{ ...moneyOf(known.terms, cashTender(known) ?? '', amount), shipmentId, reference },
    ...(settlementId === undefined ? {} : { settlementId }),
    remittedAt: now,
  },
});

/** What was recorded of a line of a file: in parts, where its cash was collected in parts after it. */
const recordedOf = ({ remittances }: Charge, reference: string): readonly number[] =>
  [...remittances].filter(([each]) => each === reference || each.startsWith(`${reference}/`)).map(([, amount]) => amount);

const sumOf = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);

/** Cash that a line of a file hands over: never more than is open, which the line’s own mismatch tells. */
const remittedByFile = (command: Command<'RecordRemittance'>, known: Known, charge: Charge): readonly PaymentEvent[] => {
  const before = recordedOf(charge, command.reference);
  const amount = Math.min(command.amount - sumOf(before), charge.collected - remittedOf(charge));
  if (amount <= 0) return [];
  const reference = before.length === 0 ? command.reference : `${command.reference}/${before.length + 1}`;
  return [remitted(known, { ...command, amount, reference })];
};

/** What a line of a file has handed over so far of a shipment’s cash. */
export const remittedBy = (payment: Payment, shipmentId: string, reference: string): number => {
  const charge = isKnown(payment) ? payment.ledger.charges.get(shipmentId) : undefined;
  return charge ? sumOf(recordedOf(charge, reference)) : 0;
};

/** The carrier hands collected cash over, perhaps in parts; its reference tells a part from a repeat. */
export const recordRemittance = (command: Command<'RecordRemittance'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, shipmentId, amount, reference, settlementId } = command;
  const known = requirePromised(orderId, payment);
  const charge = requireCharge(known, shipmentId);
  if (settlementId !== undefined) return remittedByFile(command, known, charge);
  const before = charge.remittances.get(reference);
  if (before === amount) return [];
  if (before !== undefined)
    throw new Refused('REMITTANCE_DIFFERS', `Remittance ${reference} of shipment ${shipmentId} was recorded before, with ${before}.`);
  const open = charge.collected - remittedOf(charge);
  if (amount > open)
    throw new Refused('REMITTANCE_EXCEEDS_COLLECTED', `Only ${open} of shipment ${shipmentId} is collected and not remitted.`, 'invalid', [
      { field: 'amount', code: 'REMITTANCE_EXCEEDS_COLLECTED', message: `At most ${open}.` },
    ]);
  return [remitted(known, command)];
};
