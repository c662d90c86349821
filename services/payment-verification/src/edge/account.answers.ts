import {
  count,
  currency,
  integer,
  list,
  money,
  object,
  oneOf,
  optional,
  orderId,
  paymentMethods,
  text,
  time,
  uuid,
} from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { PaymentAccount } from '../app/payment-account';

const shipment = object({
  shipmentId: uuid(),
  status: oneOf(['due', 'captured', 'failed', 'collected'], '`due`: to be captured, or to be collected at the door.'),
  amount: money('What the shipment is charged, minor units.'),
  shipping: money('The delivery charge in it: the first shipment carries it whole. Minor units.'),
  remitted: money('Collected cash that the carrier handed over, minor units.'),
  lines: list(object({ lineId: text(), quantity: count(), amount: money() })),
});

const refund = object({
  refundId: uuid(),
  status: oneOf(['requested', 'issued', 'failed']),
  amount: money(),
  returnId: optional(uuid()),
  lineId: optional(text()),
  reason: optional(text('Why it failed.')),
});

const release = object({ status: oneOf(['requested', 'voided', 'failed']), amount: money(), reason: text() }, 'The promise, given back.');

const sums = object(
  {
    promised: money('Authorised, or accepted as cash on delivery. Minor units.'),
    captured: money('Charged for what was shipped, minor units.'),
    collected: money('Cash taken at the door, minor units.'),
    remitted: money('Collected cash that carriers handed over, minor units.'),
    refunded: money('Given back to the customer, minor units.'),
    voided: money('Promised and not needed any more, minor units.'),
    uncharged: money('Promised, and neither charged for a shipment nor given back. Minor units.'),
    refundable: money('What may still be refunded, minor units.'),
    release: optional(release),
    shipments: list(shipment, 'What each shipment was charged.'),
    refunds: list(refund),
    discrepancies: list(text(), 'Rules between these sums that do not hold; empty when all is well.'),
  },
  'The totals and where each came from; absent before money is promised.',
);

export const account = answerOf<PaymentAccount>()(
  'PaymentAccount',
  object({
    orderId,
    version: integer('Events of the payment so far; also in `ETag`.'),
    status: oneOf(['requested', 'verified', 'under-review', 'authorizing', 'authorized', 'cod-accepted', 'declined', 'abandoned']),
    method: oneOf(paymentMethods),
    currency: currency(),
    total: money('What the order costs, minor units.'),
    placedAt: time('When the customer ordered, by the channel’s clock.'),
    reason: optional(text('Why it was declined or abandoned.')),
    assignee: optional(text('Who looks into it, while it is under review.')),
    provider: text('Who moves the money: a provider, `channel` or `none`.'),
    authorizationId: optional(text('The provider’s own.')),
    money: optional(sums),
    outstanding: list(
      object({
        operation: oneOf(['authorize', 'capture', 'void', 'refund']),
        key: text('The provider’s idempotency key.'),
        amount: money(),
      }),
      'Calls to the provider that were decided and whose answer is not known.',
    ),
  }),
);
