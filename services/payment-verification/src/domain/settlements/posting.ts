import { isTransfer, movedBy, type SettlementLine } from './line';
import { inOrderOfSettlement, type Outcome } from './matching';

/** What goes into the books because of a line. */
export interface Posted {
  readonly gross: number;
  readonly fee: number;
  /** Of the customer’s money, what a person had recorded as handed over: it came in the account’s currency. */
  readonly reversed?: number;
}

/** What persons recorded as handed over, of one kind and currency. */
export interface RecordedByHand {
  readonly kind: SettlementLine['kind'];
  readonly currency: string;
  readonly amount: number;
}

/** What of a line stands in the books. */
export type Booked = Required<Omit<Posted, 'fee'>>;

const nothing: Booked = { gross: 0, reversed: 0 };

const grossOf = (line: SettlementLine): number => (isTransfer(line) ? 0 : line.gross);

/** One that was booked before it came here was booked whole. */
export const bookedOf = (line: SettlementLine, before: { readonly booked: Booked } | undefined): Booked =>
  before?.booked ?? (line.posted ? { ...nothing, gross: grossOf(line) } : nothing);

export const bookedWith = ({ gross, reversed }: Booked, posted: Posted | undefined): Booked => ({
  gross: gross + (posted?.gross ?? 0),
  reversed: reversed + (posted?.reversed ?? 0),
});

/** What was recorded because of a line is known anew each time that it is told of. */
export const asTold = (line: SettlementLine, told: ReadonlyMap<string, SettlementLine>): SettlementLine => {
  const remitted = told.get(line.lineId)?.remitted;
  return remitted === undefined ? line : { ...line, remitted };
};

const isSame = (one: RecordedByHand, line: SettlementLine): boolean => one.kind === line.kind && one.currency === movedBy(line).currency;

/** Of what lines cover, what was recorded because of none of them: what another line handed over is that line’s. */
const unrecorded = (lines: readonly SettlementLine[], outcomes: ReadonlyMap<string, Outcome>): number =>
  lines.reduce((sum, { lineId, remitted = 0 }) => sum + (outcomes.get(lineId)?.covered ?? remitted) - remitted, 0);

/** Of what each line of a carrier covers, what a person has recorded, too: never more than persons did, and taken from one line after the other. */
export const coveredByHand = (
  lines: readonly SettlementLine[],
  { outcomes, recorded }: { readonly outcomes: ReadonlyMap<string, Outcome>; readonly recorded: readonly RecordedByHand[] },
): ReadonlyMap<string, number> => {
  const byLine = new Map<string, number>();
  for (const each of recorded) {
    const own = inOrderOfSettlement(lines.filter((line) => isSame(each, line) && line.gross > 0));
    let open = Math.min(each.amount, unrecorded(own, outcomes));
    for (const line of own) {
      const taken = Math.max(0, Math.min(open, unrecorded([line], outcomes)));
      byLine.set(line.lineId, taken);
      open -= taken;
    }
  }
  return byLine;
};

/** What of it a person has recorded stands in the books already: in the customer’s currency, where that is another one than it came in. */
const toBook = (line: SettlementLine, byHand: number): Booked =>
  line.customer ? { gross: line.gross, reversed: byHand } : { gross: grossOf(line) - byHand, reversed: 0 };

/** All of a line the first time that it is seen, then what has to be added or taken back: nothing, where its entries are right. */
export const posting = (
  line: SettlementLine,
  { byHand, before }: { readonly byHand: number; readonly before: { readonly booked: Booked } | undefined },
): Posted | undefined => {
  const [due, booked] = [toBook(line, byHand), bookedOf(line, before)];
  const [gross, reversed] = [due.gross - booked.gross, due.reversed - booked.reversed];
  const isFirst = !before && !line.posted;
  if (!isFirst && gross === 0 && reversed === 0) return undefined;
  return { gross, fee: isFirst ? line.fee : 0, ...(reversed === 0 ? {} : { reversed }) };
};
