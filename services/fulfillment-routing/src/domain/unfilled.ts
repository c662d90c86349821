import type { LineQuantity } from '@cartage/contracts';
import type { DecisionRecord } from './events';
import type { Unfilled as Because } from './brokering';
import { divided, type UnitsOfLine } from './units';

/** What is offered whatever arrives, and why nobody was found for it. */
export interface ForStock {
  readonly decisionId: string;
  readonly attempt: number;
  readonly because: Because;
  /** Whatever arrives there changes nothing: the rules leave them out, or they are full, and asked again when they are not. */
  readonly notAt: readonly string[];
}

/** Lines of one ship group that nobody can ship, as last decided. */
export interface Unfilled extends LineQuantity {
  readonly shipGroupId: string;
  /** Nobody had enough of them, or room: they are offered whatever arrives, together with what was decided with them. Absent: they wait for something else. */
  readonly forStock?: ForStock;
  /** The order holds no reservation for them: whatever gives it units of theirs may be given to them. */
  readonly unreserved?: true;
}

/** Those of them that go when the order has units of these lines back: the others wait for something else. */
export const unreservedOf = (waiting: readonly Unfilled[], back: readonly UnitsOfLine[]): readonly Unfilled[] => {
  const these = new Set(back.map(({ lineId }) => lineId));
  return waiting.filter(({ unreserved, lineId }) => unreserved && these.has(lineId));
};

const isReservable = ({ forStock, unreserved }: Unfilled): boolean => forStock !== undefined || unreserved === true;

/** Those that wait for stock, or to be reserved. Of the others nobody has too little: they wait for a person, or to be cancelled. */
export const reservableOf = (waiting: readonly Unfilled[]): readonly Unfilled[] => waiting.filter(isReservable);

/** Those that nobody had enough of, or room for. */
export const forStockOf = (waiting: readonly Unfilled[]): readonly Unfilled[] => waiting.filter(({ forStock }) => forStock !== undefined);

/** Those that wait of it once some were asked for again: of a line, first of all units that wait for stock, or to be reserved. */
export const withoutAsked = (waiting: readonly Unfilled[], shipGroupId: string, asked: readonly LineQuantity[]): readonly Unfilled[] => {
  const isOfIt = (line: Unfilled): boolean => line.shipGroupId === shipGroupId;
  const ofIt = waiting.filter(isOfIt);
  const inTurn = [...reservableOf(ofIt), ...ofIt.filter((line) => !isReservable(line))];
  return [...waiting.filter((line) => !isOfIt(line)), ...divided(inTurn, asked).rest];
};

const notAt = ({ candidates, because }: DecisionRecord): readonly string[] =>
  candidates
    .filter(({ refusal }) => refusal === 'filtered' || (because === 'no-capacity' && refusal === 'over-capacity'))
    .map(({ location }) => location);

/** Lines of which nobody has enough wait for stock; those that were brokered too often, for a person. */
export const unfilledBy = (record: DecisionRecord): readonly Unfilled[] => {
  const { decisionId, shipGroup, request, because = 'short' } = record;
  const forStock =
    because === 'attempts-exhausted' ? {} : { forStock: { decisionId, attempt: request.attempt, because, notAt: notAt(record) } };
  return request.lines.map((line) => ({ ...line, shipGroupId: shipGroup.shipGroupId, ...forStock }));
};
