import type { PaymentEvent as PublicEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import type { Answered, SettlementEvent } from './settlement';

const told = ({ line, orderId, outcome, settles }: Answered) => {
  const { lineId, settlementId, source, kind, currency, gross, fee, net, settledAt } = line;
  return {
    ...{ orderId, lineId, settlementId, source, kind, currency, gross, fee, net, settledAt },
    settles: settles.map((each) => ({ kind: each.kind, id: each.subject, paymentId: each.paymentId, currency: each.currency })),
    expected: outcome.expected,
  };
};

/** What others hear of settlements. A line that waits, or stands for itself, is nobody else’s business. */
export const publishedOfSettlements: Translation<SettlementEvent, PublicEvent> = {
  PaymentSettled: ({ data }) => {
    const { expected: _, ...settled } = told(data);
    return { type: 'PaymentSettled', data: { ...settled, matchedAt: data.at } };
  },
  SettlementMismatch: ({ data }) => {
    const mismatch = told(data);
    const difference = mismatch.gross - mismatch.expected;
    return { type: 'SettlementMismatch', data: { ...mismatch, code: data.outcome.code, difference, foundAt: data.at } };
  },
};
