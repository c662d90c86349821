import { contractsOf } from './event';
import { amount, orderId, reason } from './parts';
import { object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment, 'chargeback');

const chargeback = {
  orderId,
  paymentId: uuid('As in `OrderPlaced`.'),
  ...amount,
  chargebackId: uuid(),
  reference: optional(text('The provider’s own number of it; absent where no provider was asked.')),
  captureId: optional(uuid()),
};

export const ChargebackOpened = event(
  'ChargebackOpened',
  'The customer’s bank took money back; evidence may be given. What has not shipped stands still.',
  object({ ...chargeback, reason, respondBy: optional(time('Evidence is taken until then.')), openedAt: time() }),
);
export const ChargebackResponseDue = event(
  'ChargebackResponseDue',
  'A chargeback that nobody has answered must be answered soon, or the money is lost.',
  object({ ...chargeback, respondBy: time('Evidence is taken until then.'), remindedAt: time() }),
);
export const ChargebackWon = event('ChargebackWon', 'The bank gave the money back to us.', object({ ...chargeback, decidedAt: time() }));
export const ChargebackLost = event('ChargebackLost', 'The money stays with the customer.', object({ ...chargeback, decidedAt: time() }));
