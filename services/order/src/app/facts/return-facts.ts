import type { Meta } from '@cartage/eventsourcing';
import type { Heard, RecordFact } from './recording';

/** What became of the goods that came back. */
export const returnFacts = (record: RecordFact) => ({
  requested: ({ orderId, returnId, lines, requestedAt }: Heard<'ReturnRequested'>, meta: Meta) =>
    record('RecordReturnProgress', orderId, { returnId, step: 'requested', lines, at: requestedAt }, meta),

  authorized: ({ orderId, returnId, lines, policy, by, authorizedAt }: Heard<'ReturnAuthorized'>, meta: Meta) =>
    record('RecordReturnProgress', orderId, { returnId, step: 'authorized', lines, reason: `by ${by}, ${policy}`, at: authorizedAt }, meta),

  declined: ({ orderId, returnId, reason, declinedAt }: Heard<'ReturnDeclined'>, meta: Meta) =>
    record('RecordReturnProgress', orderId, { returnId, step: 'declined', reason, at: declinedAt }, meta),

  received: ({ orderId, returnId, location, lines, receivedAt }: Heard<'ReturnReceived'>, meta: Meta) =>
    record('RecordReturnProgress', orderId, { returnId, step: 'received', location, lines, at: receivedAt }, meta),

  graded: ({ orderId, returnId, lineId, quantity, location, grade, disposition, gradedAt }: Heard<'ItemGraded'>, meta: Meta) => {
    const lines = [{ lineId, quantity }];
    return record('RecordReturnProgress', orderId, { returnId, step: 'graded', location, grade, disposition, lines, at: gradedAt }, meta);
  },

  closed: ({ orderId, returnId, closedAt }: Heard<'ReturnClosed'>, meta: Meta) =>
    record('RecordReturnProgress', orderId, { returnId, step: 'closed', at: closedAt }, meta),
});
export type ReturnFacts = ReturnType<typeof returnFacts>;
