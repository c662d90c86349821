import type { PaymentEvent as PublicEvent } from '@cartage/contracts';
import type { Translation } from '@cartage/eventsourcing';
import { movedBy } from './line';
import type { Answered, SettlementEvent } from './settlement';

/** What of payments it answers. */
const answeredOf = (settles: Answered['settles']) =>
  settles.flatMap(({ kind, subject: id, paymentId, currency }) => (paymentId === undefined ? [] : [{ kind, id, paymentId, currency }]));

const claimsIn = (settles: Answered['settles']) =>
  settles.flatMap(({ kind, subject: claimId, currency }) => (kind === 'carrier-claim' ? [{ claimId, currency }] : []));

const told = ({ line, orderId, outcome, settles }: Answered) => {
  const { lineId, settlementId, source, kind, currency, gross, fee, net, settledAt, customer } = line;
  const claims = claimsIn(settles);
  return {
    ...{ orderId, lineId, settlementId, source, kind, currency, gross, fee, net, settledAt },
    settles: answeredOf(settles),
    ...(claims.length > 0 ? { claims } : {}),
    expected: outcome.expected,
    ...(customer ? { customer } : {}),
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
    const difference = movedBy(data.line).gross - mismatch.expected;
    return { type: 'SettlementMismatch', data: { ...mismatch, code: data.outcome.code, difference, foundAt: data.at } };
  },
};
