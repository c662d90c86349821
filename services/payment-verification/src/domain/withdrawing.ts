import { shareOfUnits, type LineQuantity } from '@cartage/contracts';
import { costOfFirst, unitsOf, type Charges, type LineCharge, type ShipmentCharges } from './charges';
import type { PaymentEvent } from './events';
import type { Charge, Ledger } from './ledger';
import { isPromised, requireCharge, type Known } from './payment';

/* What a shipment was charged for units that came back undelivered: nobody pays it at the door, and the shipments after it count as if it had never been. */

/** What a shipment was charged, less what came back of it. */
export const chargesLeft = ({ lines, deliveries, delivery, withdrawn }: Charge): Pick<ShipmentCharges, 'lines' | 'deliveries'> => ({
  lines: [...lines, ...withdrawn.lines.map(({ lineId, quantity, amount }) => ({ lineId, quantity: 0 - quantity, amount: 0 - amount }))],
  deliveries: withdrawn.delivery > 0 && withdrawn.delivery === delivery ? [] : deliveries,
});

const soldOf = ({ lines }: Charge, lineId: string): Pick<LineCharge, 'quantity' | 'amount'> =>
  lines
    .filter((line) => line.lineId === lineId)
    .reduce((sum, { quantity, amount }) => ({ quantity: sum.quantity + quantity, amount: sum.amount + amount }), {
      quantity: 0,
      amount: 0,
    });

/** The last units of a line are those that come back: what is collected for the first ones stays right, in whatever order the two are heard of. */
const lineBack = (charge: Charge, before: ReadonlyMap<string, number>, { lineId, quantity }: LineQuantity): readonly LineCharge[] => {
  const sold = soldOf(charge, lineId);
  const left = Math.max(0, sold.quantity - (before.get(lineId) ?? 0));
  const units = Math.min(quantity, left);
  if (units === 0) return [];
  return [{ lineId, quantity: units, amount: costOfFirst(left, sold) - costOfFirst(left - units, sold) }];
};

const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);
const count = (lines: readonly LineCharge[]): number => sum(lines.map(({ quantity }) => quantity));

/** Delivery is not due any more where nothing of the shipment was delivered. */
const chargesBack = (charge: Charge, lines: readonly LineQuantity[]): Charges => {
  const before = unitsOf(charge.withdrawn.lines);
  const back = lines.flatMap((line) => lineBack(charge, before, line));
  const isAll = back.length > 0 && count(back) + count(charge.withdrawn.lines) === count(charge.lines);
  const delivery = isAll ? charge.delivery : 0;
  return { lines: back, delivery, amount: sum(back.map(({ amount }) => amount)) + delivery };
};

const toCollect = ({ cash, collected, short, forgone, withdrawn }: Charge): number => cash - collected - short - forgone - withdrawn.cash;

/** What of it was to be collected for these; nothing where it was: that is given back as whatever is not due. */
const cashBack = (charge: Charge, { amount }: Charges, parcels: readonly string[]): number => {
  if (parcels.length > 0 && parcels.every((parcel) => charge.parcels.has(parcel))) return 0;
  const before = charge.amount - charge.withdrawn.amount - amount;
  return Math.min(shareOfUnits(charge.cash, { before, units: amount, of: charge.amount }), toCollect(charge));
};

/** A shipment whose dispatch was not heard of yet is early only where something was, or will be, charged for it. */
const isCharged = (known: Known): boolean => isPromised(known) && known.terms.total > 0;

/** Units of a shipment that came back undelivered. */
export interface UnitsBack {
  readonly shipmentId: string;
  readonly parcels: readonly string[];
  readonly lines: readonly LineQuantity[];
}

export const withdrawnCharge = (known: Known, { shipmentId, parcels, lines }: UnitsBack, withdrawnAt: string): readonly PaymentEvent[] => {
  if (!isCharged(known)) return [];
  const charge = requireCharge(known, shipmentId);
  const back = chargesBack(charge, lines);
  if (back.lines.length === 0) return [];
  const { orderId } = known.terms;
  return [{ type: 'ChargeWithdrawn', data: { orderId, shipmentId, parcels, ...back, cash: cashBack(charge, back, parcels), withdrawnAt } }];
};

type Withdrawn = Extract<PaymentEvent, { readonly type: 'ChargeWithdrawn' }>['data'];

export const bookWithdrawn = (ledger: Ledger, { shipmentId, lines, delivery, amount, cash }: Withdrawn): Ledger => {
  const charge = ledger.charges.get(shipmentId);
  if (!charge) return ledger;
  const { withdrawn: before } = charge;
  const withdrawn = {
    lines: [...before.lines, ...lines],
    delivery: before.delivery + delivery,
    amount: before.amount + amount,
    cash: before.cash + cash,
  };
  return { ...ledger, charges: new Map(ledger.charges).set(shipmentId, { ...charge, withdrawn }) };
};
