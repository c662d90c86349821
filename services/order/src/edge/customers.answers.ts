import { count, currency, integer, list, money, nullable, object, text, time } from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { Customer } from '../app/customers';
import { listed } from './orders.answers';

const orders = integer('Orders.');

export const customer = answerOf<Customer>()(
  'Customer',
  object({
    customerIds: list(text(), 'The ids under which they bought; none for a guest.'),
    channels: list(object({ channel: text(), orders: count() })),
    value: list(
      object({
        currency: currency(),
        orders: count(),
        amount: money('Of orders that were not cancelled, as they were placed; minor units.'),
        cancelledAmount: money('Of cancelled orders, minor units.'),
      }),
    ),
    units: object({ ordered: integer(), delivered: integer(), returned: integer(), cancelled: integer() }),
    risk: object({
      cancelled: orders,
      paymentDeclined: orders,
      verificationRejected: orders,
      onHold: orders,
      returnedPercent: integer('Units returned of those delivered, in per cent.'),
    }),
    firstOrderAt: nullable(time()),
    lastOrderAt: nullable(time()),
    orders: list(listed, 'The newest 50.'),
    orderCount: integer('How many there are; counted up to 10,000.'),
  }),
);
