import { invalidField, Refused, type DataOf } from '@cartage/eventsourcing';
import type { PaymentCommand } from './commands';
import type { PaymentEvent } from './events';
import { remittedOf, type Charge } from './ledger';
import { requireCharge, requirePromised, tendersOf, type Known, type Payment } from './payment';
import { isCod, moneyOf } from './terms';

type Command<Type extends PaymentCommand['type']> = DataOf<PaymentCommand, Type>;

const moneyFor = (known: Known, shipmentId: string, amount: number) => ({
  ...moneyOf(known.terms, tendersOf(known).find(isCod)?.paymentId ?? '', amount),
  shipmentId,
});

/** What was handed over cannot have been missing at the door. */
const requireShort = (charge: Charge, collected: number): void => {
  if (collected > charge.collected)
    throw invalidField('collected', 'COD_NOT_SHORT', `Not more than the ${charge.collected} that are recorded as collected.`);
  if (collected < remittedOf(charge))
    throw invalidField('collected', 'COD_REMITTED_MORE', `The carrier has handed over ${remittedOf(charge)} of it.`);
};

/** The carrier took less at the door than a delivery means, or nothing: what is missing was never collected. */
export const recordCodShort = (
  { orderId, shipmentId, collected, reason, now }: Command<'RecordCodShort'>,
  payment: Payment,
): readonly PaymentEvent[] => {
  const known = requirePromised(orderId, payment);
  const charge = requireCharge(known, shipmentId);
  if (collected === charge.collected && charge.short > 0) return [];
  requireShort(charge, collected);
  const amount = charge.collected - collected;
  if (amount === 0) return [];
  return [
    {
      type: 'CodShort',
      data: { ...moneyFor(known, shipmentId, amount), due: charge.collected + charge.short, collected, reason, shortAt: now },
    },
  ];
};

/** Cash that comes after all belongs to no parcel in particular. */
const collectedAfter = (money: ReturnType<typeof moneyFor>, now: string): PaymentEvent => ({
  type: 'CodCollected',
  data: { ...money, lines: [], delivery: 0, parcels: [], collectedAt: now },
});

/** What is missing ends in one of its ways, perhaps a part in each. What the carrier owes counts as collected: its files have to hand it over. */
export const resolveCodShort = (command: Command<'ResolveCodShort'>, payment: Payment): readonly PaymentEvent[] => {
  const { orderId, shipmentId, resolution, reason, now } = command;
  const known = requirePromised(orderId, payment);
  const { short } = requireCharge(known, shipmentId);
  const amount = command.amount ?? short;
  if (short === 0) throw new Refused('NOTHING_SHORT', `Nothing is missing of the cash of shipment ${shipmentId}.`);
  if (amount > short) throw invalidField('amount', 'COD_RESOLVES_TOO_MUCH', `At most ${short}: more is not missing.`);
  const money = moneyFor(known, shipmentId, amount);
  return [
    { type: 'CodShortResolved', data: { ...money, resolution, reason, resolvedAt: now } },
    ...(resolution === 'write-off' ? [] : [collectedAfter(money, now)]),
  ];
};
