import type { FieldError } from '@cartage/eventsourcing';
import { policyOf } from './policy';
import type { DeliveredLine, Sale } from './sale';
import { arrived, claimedUnits, soldLine, type OrderReturns } from './state';
import { endOfDays } from './window';

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

/** What a request is judged by: what was sold, what has arrived, what other returns hold, and the time. */
export interface Situation {
  readonly sale: Sale;
  readonly delivered: readonly DeliveredLine[];
  readonly state: OrderReturns;
  readonly now: string;
}

/** The last instant at which a return of a line may be asked for. */
const windowEnd = ({ lines, deliveries, policy }: Sale, { lineId, deliveredAt }: DeliveredLine): string => {
  const group = soldLine({ lines }, lineId)?.shipGroupId;
  return endOfDays(policyOf(policy).windowDays, deliveredAt, deliveries.find(({ shipGroupId }) => shipGroupId === group) ?? {});
};

/** Why the policy says no to a line, if it does. */
export const policyObstacle = ({ sale, delivered, now }: Situation, lineId: string): 'window-passed' | 'final-sale' | undefined => {
  if (soldLine(sale, lineId)?.finalSale) return 'final-sale';
  const line = arrived(delivered).get(lineId);
  return line && Date.parse(now) > Date.parse(windowEnd(sale, line)) ? 'window-passed' : undefined;
};

/** Every line of the order with what may still be sent back at this moment. */
export const eligibleLines = (situation: Situation): readonly EligibleLine[] => {
  const { sale, delivered, state } = situation;
  const [claimed, here] = [claimedUnits(state), arrived(delivered)];
  return sale.lines.map(({ lineId, sku }): EligibleLine => {
    const line = here.get(lineId);
    if (!line) return { lineId, sku, quantity: 0, reason: 'not-delivered' };
    const left = line.quantity - (claimed.get(lineId) ?? 0);
    const reason = left > 0 ? policyObstacle(situation, lineId) : 'already-returned';
    return { lineId, sku, until: windowEnd(sale, line), ...(reason ? { quantity: 0, reason } : { quantity: left }) };
  });
};

/** What is wrong with a request as such, a line each: units that were never bought, not delivered yet, or asked for before. */
export const faultsOf = ({ sale, delivered, state }: Situation, asked: readonly AskedLine[]): readonly FieldError[] => {
  const claimed = new Map(claimedUnits(state));
  const here = arrived(delivered);
  return asked.flatMap(({ lineId, quantity }, i): readonly FieldError[] => {
    if (!soldLine(sale, lineId))
      return [{ field: `lines[${i}].lineId`, code: 'LINE_UNKNOWN', message: `The order has no line ${lineId}.` }];
    const left = (here.get(lineId)?.quantity ?? 0) - (claimed.get(lineId) ?? 0);
    claimed.set(lineId, (claimed.get(lineId) ?? 0) + quantity);
    if (quantity <= left) return [];
    const code = here.has(lineId) ? 'QUANTITY_NOT_RETURNABLE' : 'LINE_NOT_DELIVERED';
    return [{ field: `lines[${i}].quantity`, code, message: `Of line ${lineId}, ${Math.max(left, 0)} can be returned, not ${quantity}.` }];
  });
};
