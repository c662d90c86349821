import { contractsOf } from './event';
import { amount, orderId } from './parts';
import { list, money, object, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment, 'payment');

export const CreditReturned = event(
  'CreditReturned',
  'What had been refunded into an exchange (`RefundIssued`) is not needed there: the order has it again, and it goes back as it was paid.',
  object({
    ...{ orderId, paymentId: uuid('As in `OrderPlaced`.'), ...amount },
    refundId: uuid('The refund that it is a part of.'),
    balanceId: uuid('The exchange.'),
    captures: list(object({ captureId: uuid(), amount: money() }), 'Of which captures it had been taken.'),
    reference: text('The movement of the balance.'),
    returnedAt: time(),
  }),
);
