import { ownedBy, type Owners } from '@cartage/service-kit';
import type { Sql } from '@cartage/views';
import { unknownPayment, type Payments } from '../app/payments';
import { locationsOf } from '../app/views/payment-summary';
import { orderOfChargeback } from '../app/views/chargeback-list';
import { unknownChargeback } from '../domain/chargebacks/chargeback';

/** Money belongs to the channel that sold the order, and is of each location that goods of it left. */
export const ownersIn = (payments: Pick<Payments, 'read'>, sql: Sql): Owners => {
  const ofOrder = async (orderId: string): Promise<string> => (await payments.read(orderId)).payment.terms.channel;
  const leftBy = async (orderId: string): Promise<readonly string[]> => locationsOf((await payments.read(orderId)).payment);
  const ofChargeback = async (chargebackId: string): Promise<string | undefined> => {
    const orderId = await orderOfChargeback(sql, chargebackId);
    return orderId === undefined ? undefined : ofOrder(orderId);
  };
  return {
    orderId: ownedBy({ channel: ofOrder, location: leftBy }, unknownPayment),
    chargebackId: ownedBy({ channel: ofChargeback }, unknownChargeback),
  };
};
