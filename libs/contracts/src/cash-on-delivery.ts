import { contractsOf } from './event';
import { amount, orderId, reason } from './parts';
import { money, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment, 'payment');
const payment = { orderId, paymentId: uuid('As in `OrderPlaced`.'), ...amount };

export const CodCollected = event(
  'CodCollected',
  'The carrier took the cash at the door.',
  object({ ...payment, shipmentId: uuid(), collectedAt: time() }),
);

export const CodShort = event(
  'CodShort',
  'The carrier took less at the door than a delivery means, or nothing: `amount` was never collected. It may be collected again (`CodCollected`), claimed from the carrier, or written off.',
  object({
    ...payment,
    shipmentId: uuid(),
    due: money('What was to be collected for what was delivered.'),
    collected: money('What was.'),
    reason,
    shortAt: time(),
  }),
);

export const CodRemitted = event(
  'CodRemitted',
  'The carrier handed the collected cash over.',
  object({
    ...payment,
    shipmentId: uuid(),
    reference: text('The carrier’s remittance; of one from a file, its line.'),
    settlementId: optional(uuid('The file that said it; absent: a person did.')),
    remittedAt: time(),
  }),
);
