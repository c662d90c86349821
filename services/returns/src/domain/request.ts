import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { ReturnCommand } from './commands';
import { faultsOf, policyObstacle, type AskedLine } from './eligibility';
import type { Purchase, ReturnEvent } from './events';
import { policyOf } from './policy';
import { shareOf } from './refund';
import { purchasedLine, type Returns } from './state';

type Request = DataOf<ReturnCommand, 'RequestReturn'>;
type Rma = { readonly orderId: string; readonly returnId: string };

const requirePurchase = ({ purchase }: Returns, orderId: string): Purchase => {
  if (!purchase) throw new Refused('ORDER_UNKNOWN', `Returns has not heard of order ${orderId}.`, 'unknown');
  return purchase;
};

const linesOf = (state: Returns, asked: readonly AskedLine[]) =>
  asked.map(({ lineId, quantity, reason }) => ({ lineId, sku: purchasedLine(state, lineId)?.sku ?? '', quantity, reason }));

/** What the customer would get back if everything came back as new, minor units. */
const worthOf = (state: Returns, asked: readonly AskedLine[]): number =>
  asked.reduce((sum, { lineId, quantity }) => {
    const line = purchasedLine(state, lineId);
    return sum + (line ? shareOf({ lineTotal: line.total, sold: line.quantity, before: state.graded.get(lineId) ?? 0, quantity }) : 0);
  }, 0);

/** What the policy that the order was sold under says of a request that is right as such. */
const judge = (state: Returns, { lines, now }: Request, rma: Rma): ReturnEvent => {
  const { version: policy, reviewAbove } = policyOf(state.purchase?.policy);
  const obstacles = lines.flatMap(({ lineId }) => {
    const obstacle = policyObstacle(state, lineId, now);
    return obstacle ? [`line ${lineId}: ${obstacle}`] : [];
  });
  if (obstacles.length > 0) return { type: 'ReturnDeclined', data: { ...rma, reason: obstacles.join(', '), policy, declinedAt: now } };
  if (worthOf(state, lines) > reviewAbove)
    return { type: 'ReturnReviewRequired', data: { ...rma, reason: 'worth-more-than-review-limit', policy, requiredAt: now } };
  const authorized = linesOf(state, lines).map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  return { type: 'ReturnAuthorized', data: { ...rma, lines: authorized, policy, by: 'policy', authorizedAt: now } };
};

export const requestReturn = (request: Request, state: Returns): readonly ReturnEvent[] => {
  const { orderId, returnId, lines, now } = request;
  if (state.rmas.has(returnId)) return [];
  requirePurchase(state, orderId);
  if (lines.length === 0) throw new Refused('RETURN_EMPTY', 'A return needs at least one line.', 'invalid');
  const faults = faultsOf(state, lines);
  if (faults.length > 0) throw new Refused('LINE_NOT_ELIGIBLE', 'Some lines cannot be returned as asked.', 'invalid', faults);
  const requested: ReturnEvent = { type: 'ReturnRequested', data: { orderId, returnId, lines: linesOf(state, lines), requestedAt: now } };
  return [requested, judge(state, request, { orderId, returnId })];
};
