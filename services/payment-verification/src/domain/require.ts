import { Refused } from '@cartage/eventsourcing';
import type { Charge } from './ledger';
import { isPromised, type Known, type Payment, type Promised } from './payment';

/** Its order has not been heard of: that may only be early. */
export const requireKnown = (orderId: string, payment: Payment): Known => {
  if (payment.status === 'none') throw new Refused('PAYMENT_UNKNOWN', `No payment of order ${orderId} is known here.`, 'unknown');
  return payment;
};

/** Money can move only on a promise: before it, that is early; after a refusal of it, never. */
export const requirePromised = (orderId: string, payment: Payment): Promised => {
  const known = requireKnown(orderId, payment);
  if (isPromised(known)) return known;
  if (known.status === 'declined' || known.status === 'abandoned')
    throw new Refused('PAYMENT_NOT_PROMISED', `The payment of order ${orderId} is ${known.status}: no money can move.`);
  throw new Refused('PAYMENT_PENDING', `The payment of order ${orderId} is ${known.status}; nothing is promised yet.`, 'unknown');
};

/** Dispatch is heard before delivery; a shipment that was never charged is early too. */
export const requireCharge = ({ terms, ledger }: Promised, shipmentId: string): Charge => {
  const charge = ledger.charges[shipmentId];
  if (!charge)
    throw new Refused('SHIPMENT_UNKNOWN', `No dispatch of shipment ${shipmentId} of order ${terms.orderId} was heard of.`, 'unknown');
  return charge;
};
