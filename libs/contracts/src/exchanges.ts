import { contractsOf } from './event';
import { amount, lineQuantity, orderId } from './parts';
import { count, currency, list, money, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.returns, 'return');
const exchange = { orderId, exchangeId: uuid(), returnId: uuid('The return that brings the goods back.') };
const replacementOrderId = uuid('The order by which the other goods are sent; the same however often it is told.');

/** What a customer wants in place of units that come back. */
export const wantedGoods = object({
  sku: text(),
  quantity: count(),
  unitPrice: optional(
    money('As it was said to the customer, minor units, with tax if the order says `taxIncluded`; absent: as price lists have it.'),
  ),
});

export const ExchangeRequested = event(
  'ExchangeRequested',
  'Goods that may come back are exchanged for others: the order service places the order that is named, and what comes back pays for it.',
  object({
    ...exchange,
    replacementOrderId,
    lines: list(
      object({
        ...lineQuantity.shape,
        paid: money('What was paid for these units, tax in it.'),
        wanted: list(wantedGoods, 'For what.'),
      }),
    ),
    ...{
      currency: currency(),
      credit: money('What comes back for all of them if they are as was said: what was paid, less what the policy keeps.'),
    },
    advance: truth('The other goods are sent at once, and not when these are back.'),
    settleBy: time('Then what did not come will not be waited for any more.'),
    requestedAt: time(),
  }),
);

export const ExchangeSettled = event(
  'ExchangeSettled',
  'What came back for an exchange is worth so much, and that has been paid into it (`RefundDue` with tender `exchange`): nothing more is waited for. Less than was reckoned with is due from the customer.',
  object({
    ...exchange,
    replacementOrderId,
    ...amount,
    outcome: word(['credited', 'lapsed'], 'treat as `credited`', '`lapsed`: nothing came back.'),
    expected: money('What was reckoned with.'),
    settledAt: time(),
  }),
);

export const ExchangeOverdue = event(
  'ExchangeOverdue',
  'The time in which the goods of an exchange were to be back is over, and it is not settled: of one in advance a person sees to it that they come or are paid for; what waited for them is cancelled.',
  object({ ...exchange, replacementOrderId, advance: truth(), settleBy: time(), noticedAt: time() }),
);

/** Of a refund that goes into an exchange. */
export const intoExchange = object({ exchangeId: uuid(), replacementOrderId }, 'With tender `exchange`: which order it pays for.');
