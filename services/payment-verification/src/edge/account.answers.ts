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
  paymentMethod,
  reason,
  text,
  time,
  uuid,
} from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import { shipmentStatuses, type PaymentAccount } from '../app/payment-account';

const shipment = object({
  shipmentId: uuid(),
  status: oneOf(shipmentStatuses, '`due`: to be captured, or to be collected at the door; `free`: it costs nothing.'),
  amount: money('What the shipment is charged, minor units.'),
  delivery: money('The delivery charge in it: the first shipment carries it whole. Minor units.'),
  collected: money('Cash taken at the door, minor units.'),
  remitted: money('Collected cash that the carrier handed over, minor units.'),
  lines: list(object({ lineId: text(), quantity: count(), amount: money() })),
});

const capture = object({
  captureId: uuid('Of this try; another one for the same shipment has another.'),
  status: oneOf(['requested', 'captured', 'failed']),
  amount: money(),
  shipmentId: optional(uuid()),
  reference: optional(text('The provider’s own number of it.')),
  reason: optional(reason),
});

const refund = object({
  refundId: uuid(),
  status: oneOf(['requested', 'issued', 'failed']),
  amount: money(),
  captures: list(object({ captureId: uuid(), amount: money() }), 'Of which captures it is taken; empty for cash.'),
  tender: text('In which way it goes back: `original` or `transfer`.'),
  returnId: optional(uuid()),
  reason: optional(reason),
});

const release = object({ status: oneOf(['requested', 'voided', 'failed']), amount: money(), reason }, 'The promise, given back.');

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
    captures: list(capture, 'Each try to take money for what was shipped.'),
    refunds: list(refund),
    discrepancies: list(
      text(),
      'What the payment’s facts, recomputed, say against these sums, or should never be; empty when all is well.',
    ),
  },
  'The totals and where each came from; absent before money is promised.',
);

export const account = answerOf<PaymentAccount>()(
  'PaymentAccount',
  object({
    orderId,
    paymentId: uuid('The way of paying.'),
    version: integer('Events of the payment so far; also in `ETag`.'),
    status: oneOf(['requested', 'under-review', 'authorizing', 'authorized', 'cod-accepted', 'declined', 'abandoned']),
    method: paymentMethod,
    currency: currency(),
    total: money('What the order costs, minor units.'),
    placedAt: time('When the customer ordered, by the channel’s clock.'),
    reason: optional(reason),
    assignee: optional(text('Who looks into it, while it is under review.')),
    provider: text('Who moves the money: a provider, `channel` or `none`.'),
    authorizationId: optional(uuid()),
    reference: optional(text('The provider’s own number of the authorisation.')),
    expiresAt: optional(time('The promise ends then, if nothing was captured.')),
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
