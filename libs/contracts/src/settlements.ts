import { contractsOf } from './event';
import { orderId } from './parts';
import { currency, list, money, object, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment);

const settlementLine = {
  settlementId: uuid('The file in which it stands: it follows from the file’s content.'),
  lineId: uuid('The line: it follows from what the line says, so that it is the same in another file.'),
  orderId,
  source: text('Who settles: a provider, a marketplace or a courier, as its files are registered here.'),
  kind: word(['charge', 'refund', 'chargeback', 'cod-remittance', 'adjustment'], 'money of another kind', 'What the line is.'),
  settles: list(
    object({
      kind: word(['charge', 'refund', 'chargeback', 'cod-remittance'], 'money of another kind'),
      id: uuid('The capture, refund, chargeback, or the shipment whose cash it is.'),
      paymentId: uuid('As in `OrderPlaced`.'),
      currency: currency(),
    }),
    'What of the order it answers.',
  ),
  currency: currency(),
  gross: money('Before the fee. Above zero it comes to us, below zero it is taken from us.'),
  fee: money('Kept by whoever settles; below zero it was given back.'),
  net: money('What is paid out of it: `gross` less `fee`.'),
  settledAt: time('As the file says.'),
};

export const PaymentSettled = event(
  'PaymentSettled',
  'A line of a settlement file agrees with what was captured, collected, refunded or charged back. Told again when what it answers is found to be something else. Subject: the settlements of the order.',
  object({ ...settlementLine, matchedAt: time() }),
);

export const SettlementMismatch = event(
  'SettlementMismatch',
  'A line of a settlement file does not agree with what moved. `PaymentSettled` of the same line ends it, should what is missing still come. Subject: the settlements of the order.',
  object({
    ...settlementLine,
    code: word(['short', 'over', 'double', 'wrong-currency'], 'a mismatch that a person has to look into'),
    expected: money('What the line should have said, in the currency of what it answers.'),
    difference: money('`gross` less `expected`; of two currencies it says nothing.'),
    foundAt: time(),
  }),
);
