import { contractsOf } from './event';
import { orderId } from './parts';
import { currency, list, money, object, optional, text, time, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.payment, 'settlement');

const settlementLine = {
  settlementId: uuid('The file in which it stands: it follows from the file’s content.'),
  lineId: uuid('The line: it follows from what the line says, so that it is the same in another file.'),
  orderId,
  source: text('Who settles: a provider, a marketplace or a courier, as its files are registered here.'),
  kind: word(
    ['charge', 'refund', 'chargeback', 'cod-remittance', 'carrier-claim', 'adjustment'],
    'money of another kind',
    'What the line is.',
  ),
  settles: list(
    object({
      kind: word(['charge', 'refund', 'chargeback', 'cod-remittance'], 'money of another kind'),
      id: uuid('The capture, refund, chargeback, or the shipment whose cash it is.'),
      paymentId: uuid('As in `OrderPlaced`.'),
      currency: currency(),
    }),
    'What of the order it answers.',
  ),
  claims: optional(
    list(object({ claimId: uuid(), currency: currency() }), 'Claims on carriers that it pays, as in `CarrierClaimAccepted`.'),
  ),
  currency: currency(),
  gross: money('Before the fee. Above zero it comes to us, below zero it is taken from us.'),
  fee: money('Kept by whoever settles; below zero it was given back.'),
  net: money('What is paid out of it: `gross` less `fee`.'),
  customer: optional(
    object(
      {
        currency: currency(),
        gross: money('Minor units of this currency; its sign is that of `gross`.'),
        rate: optional(text('What one of it was exchanged for in `currency`, in decimal, as the file says.')),
      },
      'What the customer paid or got back, where that is another currency than the one in which it is handed over: it is this that has to agree with what moved.',
    ),
  ),
  settledAt: time('As the file says.'),
};

export const PaymentSettled = event(
  'PaymentSettled',
  'A line of a settlement file agrees with what was captured, collected, refunded, charged back or accepted by a carrier. Told again when what it answers is found to be something else.',
  object({ ...settlementLine, matchedAt: time() }),
);

export const SettlementMismatch = event(
  'SettlementMismatch',
  'A line of a settlement file does not agree with what moved. `PaymentSettled` of the same line ends it, should what is missing still come.',
  object({
    ...settlementLine,
    code: word(['short', 'over', 'double', 'wrong-currency'], 'a mismatch that a person has to look into'),
    expected: money('What the line should have said, in the currency of what it answers.'),
    difference: money('`gross`, that of the customer where there is one, less `expected`; of two currencies it says nothing.'),
    foundAt: time(),
  }),
);

export const CarrierClaimSettled = contractsOf(Topics.payment, 'carrierclaim')(
  'CarrierClaimSettled',
  'Of what a carrier owes for a parcel so much has come: by a line of its settlement file, or because somebody recorded it where parcels are.',
  object({
    claimId: uuid('As in `CarrierClaimAccepted`.'),
    orderId,
    shipmentId: uuid(),
    carrier: text('Name of the carrier’s adapter.'),
    trackingNumber: text(),
    reference: optional(text('The carrier’s own number of it.')),
    currency: currency(),
    lineId: optional(uuid('The line that paid it; absent: somebody recorded it, and told `CarrierClaimPaid`.')),
    amount: money('What came now.'),
    settledAt: time(),
  }),
);
