import type { FieldError } from '@cartage/eventsourcing';
import { policyOf } from './policy';
import type { DeliveredLine, Sale, SoldLine } from './sale';
import { claimedUnits, type OrderReturns } from './state';
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

/** What has become known of an order. */
export interface Known {
  readonly sale: Sale;
  readonly delivered: readonly DeliveredLine[];
  readonly state: OrderReturns;
  readonly now: string;
}

/** What a request is judged by: what was sold, what has arrived, until when it may be sent back, what other returns hold, and the time. */
export interface Situation {
  readonly sale: Sale;
  readonly sold: ReadonlyMap<string, SoldLine>;
  readonly delivered: ReadonlyMap<string, DeliveredLine>;
  /** The last instant at which a return may be asked for, of each line that arrived. */
  readonly until: ReadonlyMap<string, string>;
  readonly state: OrderReturns;
  readonly now: string;
}

/** Lines that arrived together have their window together: it is reckoned once. */
const windowsOf = ({ deliveries, policy }: Sale, sold: Situation['sold'], delivered: readonly DeliveredLine[]): Situation['until'] => {
  const { windowDays } = policyOf(policy);
  const places = new Map(deliveries.map((delivery) => [delivery.shipGroupId, delivery]));
  const reckoned = new Map<string, string>();
  const endOf = ({ lineId, deliveredAt }: DeliveredLine): string => {
    const group = sold.get(lineId)?.shipGroupId ?? '';
    const key = JSON.stringify([group, deliveredAt]);
    const end = reckoned.get(key) ?? endOfDays(windowDays, deliveredAt, places.get(group) ?? {});
    reckoned.set(key, end);
    return end;
  };
  return new Map(delivered.map((line) => [line.lineId, endOf(line)]));
};

export const situationOf = ({ sale, delivered, state, now }: Known): Situation => {
  const sold = new Map(sale.lines.map((line) => [line.lineId, line]));
  return {
    sale,
    sold,
    delivered: new Map(delivered.map((line) => [line.lineId, line])),
    until: windowsOf(sale, sold, delivered),
    state,
    now,
  };
};

/** Why the policy says no to a line, if it does. */
export const policyObstacle = (situation: Situation, lineId: string): 'window-passed' | 'final-sale' | undefined => {
  if (situation.sold.get(lineId)?.finalSale) return 'final-sale';
  const until = situation.until.get(lineId);
  return until !== undefined && Date.parse(situation.now) > Date.parse(until) ? 'window-passed' : undefined;
};

/** Every line of the order with what may still be sent back at this moment. */
export const eligibleLines = (situation: Situation): readonly EligibleLine[] => {
  const { sale, delivered, until, state } = situation;
  const claimed = claimedUnits(state);
  return sale.lines.map(({ lineId, sku }): EligibleLine => {
    const line = delivered.get(lineId);
    if (!line) return { lineId, sku, quantity: 0, reason: 'not-delivered' };
    const left = line.quantity - (claimed.get(lineId) ?? 0);
    const reason = left > 0 ? policyObstacle(situation, lineId) : 'already-returned';
    return { lineId, sku, until: until.get(lineId) ?? '', ...(reason ? { quantity: 0, reason } : { quantity: left }) };
  });
};

/** What is wrong with a request as such, a line each: units that were never bought, not delivered yet, or asked for before. */
export const faultsOf = ({ sold, delivered, state }: Situation, asked: readonly AskedLine[]): readonly FieldError[] => {
  const claimed = new Map(claimedUnits(state));
  return asked.flatMap(({ lineId, quantity }, i): readonly FieldError[] => {
    if (!sold.has(lineId)) return [{ field: `lines[${i}].lineId`, code: 'LINE_UNKNOWN', message: `The order has no line ${lineId}.` }];
    const left = (delivered.get(lineId)?.quantity ?? 0) - (claimed.get(lineId) ?? 0);
    claimed.set(lineId, (claimed.get(lineId) ?? 0) + quantity);
    if (quantity <= left) return [];
    const code = delivered.has(lineId) ? 'QUANTITY_NOT_RETURNABLE' : 'LINE_NOT_DELIVERED';
    return [{ field: `lines[${i}].quantity`, code, message: `Of line ${lineId}, ${Math.max(left, 0)} can be returned, not ${quantity}.` }];
  });
};
