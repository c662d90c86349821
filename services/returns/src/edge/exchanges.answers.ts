import { currency, money, nullable, object, oneOf, orderId, time, truth, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ExchangeRow } from '../app/exchange-list';
import { exchangeStatuses } from '../domain/exchange';

const listed = answerOf<ExchangeRow>()(
  'ListedExchange',
  object({
    exchangeId: uuid(),
    orderId,
    returnId: uuid('The return that brings the goods back.'),
    replacementOrderId: uuid('The order that brings the other goods.'),
    status: oneOf(
      exchangeStatuses,
      '`overdue`: it is not settled in its time; `short`: less came back than was reckoned with; `lapsed`: nothing did, and nothing had been sent in advance.',
    ),
    advance: truth('Whether the other goods were not to wait.'),
    expected: money('What comes back if it is as was said, minor units.'),
    credited: nullable(money('What it turned out to be worth; null: it is not settled.')),
    currency: currency(),
    requestedAt: time(),
    settleBy: time('It is overdue then.'),
    settledAt: nullable(time()),
  }),
);
export const exchangePage = pageAnswer(listed);
