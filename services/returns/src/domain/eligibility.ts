import type { FieldError } from '@cartage/eventsourcing';
import type { WantedGoods } from './exchange';
import type { DeliveredLine } from './delivery';
import { isOf, piecesIn, piecesOf, type PieceUnits } from './pieces';
import type { ReturnPolicy, ReturnTerms } from './policy';
import { termsIn } from './sale-terms';
import type { Sale, SoldLine } from './sale';
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
  /** Of a kit: parts that can be sent back alone. */
  readonly parts?: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface AskedLine {
  readonly lineId: string;
  /** Of a part of a kit that comes alone; absent: the line's own. */
  readonly sku?: string | undefined;
  readonly quantity: number;
  readonly reason: string;
  /** As the customer says it is. */
  readonly condition?: string | undefined;
  /** What the customer wants in place of it; absent: money. */
  readonly exchangeFor?: readonly WantedGoods[] | undefined;
}

/** What has become known of an order. */
export interface OrderFacts {
  readonly sale: Sale;
  readonly policy: ReturnPolicy;
  readonly delivered: readonly DeliveredLine[];
  readonly state: OrderReturns;
  readonly now: string;
}

/** What a request is judged by: what was sold, what has arrived, until when it may be sent back, what other returns hold, and the time. */
export interface Situation {
  readonly sale: Sale;
  readonly policy: ReturnPolicy;
  readonly sold: ReadonlyMap<string, SoldLine>;
  readonly delivered: ReadonlyMap<string, DeliveredLine>;
  readonly terms: (line: SoldLine) => ReturnTerms;
  /** The last instant at which a return of a line that arrived may be asked for. */
  readonly until: (lineId: string) => string | undefined;
  readonly state: OrderReturns;
  readonly now: string;
}

type Terms = Situation['terms'];

/** Lines that are sold alike have their terms together. */
const termsKept = (policy: ReturnPolicy, sale: Sale): Terms => {
  const kept = new Map<string, ReturnTerms>();
  return (line) => {
    const key =
      policy.exceptions.length === 0 ? String(line.digital ?? false) : JSON.stringify([line.sku, line.category, line.shipGroupId]);
    const terms = kept.get(key) ?? termsIn(policy, sale, line);
    kept.set(key, terms);
    return terms;
  };
};

/** Lines that arrived together have their window together: it is reckoned once. */
const windowsOf = (
  { deliveries }: Sale,
  { sold, delivered, terms }: Pick<Situation, 'sold' | 'delivered' | 'terms'>,
): Situation['until'] => {
  const places = new Map(deliveries.map((delivery) => [delivery.shipGroupId, delivery]));
  const reckoned = new Map<string, string>();
  return (lineId) => {
    const [line, arrived] = [sold.get(lineId), delivered.get(lineId)];
    if (!line || !arrived) return undefined;
    const { windowDays } = terms(line);
    const key = JSON.stringify([line.shipGroupId, arrived.deliveredAt, windowDays]);
    const end = reckoned.get(key) ?? endOfDays(windowDays, arrived.deliveredAt, places.get(line.shipGroupId) ?? {});
    reckoned.set(key, end);
    return end;
  };
};

export const situationOf = ({ sale, policy, delivered: arrived, state, now }: OrderFacts): Situation => {
  const sold = new Map(sale.lines.map((line) => [line.lineId, line]));
  const delivered = new Map(arrived.map((line) => [line.lineId, line]));
  const terms = termsKept(policy, sale);
  // What returns hold is counted in the pieces of the sale as it is now.
  return { sale, policy, sold, delivered, terms, until: windowsOf(sale, { sold, delivered, terms }), state: { ...state, sold }, now };
};

/** What is asked for: of a kit a part that comes alone, or the line’s own. */
export const skuOf = ({ sold }: Situation, { lineId, sku }: Pick<AskedLine, 'lineId' | 'sku'>): string =>
  sku ?? sold.get(lineId)?.sku ?? '';

/** Why the policy says no to a line, if it does. */
export const policyObstacle = ({ terms, until, now }: Situation, line: SoldLine): 'window-passed' | 'final-sale' | undefined => {
  if (line.finalSale || terms(line).finalSale) return 'final-sale';
  const end = until(line.lineId);
  return end !== undefined && Date.parse(now) > Date.parse(end) ? 'window-passed' : undefined;
};

/** Units of a piece that arrived and that no return holds. */
const freeOf = ({ delivered }: Situation, claimed: ReadonlyMap<string, number>, { piece }: PieceUnits): number =>
  (delivered.get(piece.lineId)?.quantity ?? 0) * piece.perUnit - (claimed.get(piece.key) ?? 0);

const wholeUnits = (situation: Situation, line: SoldLine, claimed: ReadonlyMap<string, number>): number =>
  Math.min(...piecesOf(line).map((piece) => Math.floor(freeOf(situation, claimed, { piece, units: 1 }) / piece.perUnit)));

const partsLeft = (situation: Situation, line: SoldLine, claimed: ReadonlyMap<string, number>): Pick<EligibleLine, 'parts'> => {
  if (!line.parts) return {};
  const parts = piecesOf(line).map((piece) => ({ sku: piece.sku, quantity: freeOf(situation, claimed, { piece, units: 1 }) }));
  return { parts: parts.filter(({ quantity }) => quantity > 0) };
};

/** Every line of the order with what may still be sent back at this moment. */
export const eligibleLines = (situation: Situation): readonly EligibleLine[] => {
  const claimed = claimedUnits(situation.state);
  return situation.sale.lines.map((line): EligibleLine => {
    const { lineId, sku } = line;
    const until = situation.until(lineId);
    if (until === undefined) return { lineId, sku, quantity: 0, reason: 'not-delivered' };
    const [left, parts] = [wholeUnits(situation, line, claimed), partsLeft(situation, line, claimed)];
    const isThere = left > 0 || (parts.parts ?? []).length > 0;
    const reason = isThere ? policyObstacle(situation, line) : 'already-returned';
    return { lineId, sku, until, ...(reason ? { quantity: 0, reason } : { quantity: Math.max(left, 0), ...parts }) };
  });
};

/** Which field of a line is wrong, and how. */
type LineFault = Omit<FieldError, 'field'> & { readonly field: keyof AskedLine };

const nameFault = (line: SoldLine | undefined, { lineId, sku }: AskedLine): LineFault | undefined => {
  if (!line) return { field: 'lineId', code: 'LINE_UNKNOWN', message: `The order has no line ${lineId}.` };
  if (sku === undefined || isOf(line, sku)) return undefined;
  return { field: 'sku', code: 'PART_UNKNOWN', message: `Line ${lineId} is ${line.sku}, and has no part ${sku}.` };
};

/** What was asked for is taken before the next line is looked at. */
const quantityFault = (situation: Situation, claimed: Map<string, number>, { lineId, sku, quantity }: AskedLine): LineFault | undefined => {
  const line = situation.sold.get(lineId);
  const units = line ? piecesIn(line, { sku: sku ?? line.sku, quantity }) : [];
  const left = Math.max(0, Math.min(...units.map((each) => Math.floor((freeOf(situation, claimed, each) * quantity) / each.units))));
  for (const { piece, units: more } of units) claimed.set(piece.key, (claimed.get(piece.key) ?? 0) + more);
  if (quantity <= left) return undefined;
  const code = situation.delivered.has(lineId) ? 'QUANTITY_NOT_RETURNABLE' : 'LINE_NOT_DELIVERED';
  return { field: 'quantity', code, message: `Of line ${lineId}, ${left} can be returned, not ${quantity}.` };
};

/** What is wrong with a request as such, a line each: units that were never bought, not delivered yet, or asked for before. */
export const faultsOf = (situation: Situation, asked: readonly AskedLine[]): readonly FieldError[] => {
  const claimed = new Map(claimedUnits(situation.state));
  return asked.flatMap((line, i) => {
    const fault = nameFault(situation.sold.get(line.lineId), line) ?? quantityFault(situation, claimed, line);
    return fault ? [{ ...fault, field: `lines[${i}].${fault.field}` }] : [];
  });
};
