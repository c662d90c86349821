import type { FieldError } from '@cartage/eventsourcing';
import { policyOf, windowEnd } from './policy';
import { claimedUnits, purchasedLine, type Returns } from './state';

export type Obstacle = 'not-delivered' | 'already-returned' | 'window-passed' | 'final-sale';

/** What of a line may still be sent back, and if nothing, why. */
export interface EligibleLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly reason?: Obstacle;
  /** Until when a return may be asked for; absent before delivery. */
  readonly until?: string;
}

export interface AskedLine {
  readonly lineId: string;
  readonly quantity: number;
  readonly reason: string;
}

/** Every line of the order with what may still be sent back at this moment. */
export const eligibleLines = (state: Returns, now: string): readonly EligibleLine[] => {
  const claimed = claimedUnits(state);
  return (state.purchase?.lines ?? []).map(({ lineId, sku }) => {
    const delivered = state.delivered.get(lineId);
    if (!delivered) return { lineId, sku, quantity: 0, reason: 'not-delivered' };
    const until = windowEnd(policyOf(state.purchase?.policy), delivered.deliveredAt);
    const left = delivered.quantity - (claimed.get(lineId) ?? 0);
    const reason = left > 0 ? policyObstacle(state, lineId, now) : 'already-returned';
    return { lineId, sku, until, ...(reason ? { quantity: 0, reason } : { quantity: left }) };
  });
};

/** Why the policy says no to a delivered line, if it does. */
export const policyObstacle = (state: Returns, lineId: string, now: string): 'window-passed' | 'final-sale' | undefined => {
  if (purchasedLine(state, lineId)?.finalSale) return 'final-sale';
  const delivered = state.delivered.get(lineId);
  return delivered && Date.parse(now) > Date.parse(windowEnd(policyOf(state.purchase?.policy), delivered.deliveredAt))
    ? 'window-passed'
    : undefined;
};

/** What is wrong with a request as such, a line each: units that were never bought, not delivered yet, or asked for before. */
export const faultsOf = (state: Returns, asked: readonly AskedLine[]): readonly FieldError[] => {
  const claimed = new Map(claimedUnits(state));
  const known = new Set(state.purchase?.lines.map(({ lineId }) => lineId));
  return asked.flatMap(({ lineId, quantity }, i): readonly FieldError[] => {
    if (!known.has(lineId)) return [{ field: `lines[${i}].lineId`, code: 'LINE_UNKNOWN', message: `The order has no line ${lineId}.` }];
    const left = (state.delivered.get(lineId)?.quantity ?? 0) - (claimed.get(lineId) ?? 0);
    claimed.set(lineId, (claimed.get(lineId) ?? 0) + quantity);
    if (quantity <= left) return [];
    const code = state.delivered.has(lineId) ? 'QUANTITY_NOT_RETURNABLE' : 'LINE_NOT_DELIVERED';
    return [{ field: `lines[${i}].quantity`, code, message: `Of line ${lineId}, ${Math.max(left, 0)} can be returned, not ${quantity}.` }];
  });
};
