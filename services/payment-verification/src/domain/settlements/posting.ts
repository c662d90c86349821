import { isByCarrier, isTransfer, type SettlementLine } from './line';
import type { Outcome } from './matching';

/** What goes into the books because of a line. */
export interface Posted {
  readonly gross: number;
  readonly fee: number;
}

/** Lines beside each other: those that are told of now, and those that were known. */
interface Comparison {
  readonly told: ReadonlyMap<string, SettlementLine>;
  readonly compared: readonly SettlementLine[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** What was recorded as handed over before, without a file, stands in the books already. */
export const postedOf = ({ kind, gross, fee, remitted = 0 }: SettlementLine, { covered }: Outcome): Posted => ({
  gross: isByCarrier({ kind }) ? gross - Math.max(0, covered - remitted) : isTransfer({ kind }) ? 0 : gross,
  fee,
});

/** Of its gross, what is in the books; one that was booked before it came here was booked whole. */
export const bookedOf = ({ gross, posted }: SettlementLine, before: { readonly booked: number } | undefined): number =>
  before?.booked ?? (posted ? gross : 0);

/** What was recorded because of a line is known anew each time that it is told of. */
export const asTold = (line: SettlementLine, told: Comparison['told']): SettlementLine => {
  const remitted = told.get(line.lineId)?.remitted;
  return remitted === undefined ? line : { ...line, remitted };
};

/** Of what lines like this one cover, what was recorded because of none of them. */
const byHand = ({ kind }: SettlementLine, { compared, outcomes }: Comparison): number => {
  const sum = compared
    .filter((each) => each.kind === kind)
    .reduce((total, { lineId, remitted = 0 }) => total + (outcomes.get(lineId)?.covered ?? remitted) - remitted, 0);
  return Math.max(0, sum);
};

/**
 * Of a carrier’s line, what a person has recorded since it was booked is taken back. Only of a line that is told of now is known what was recorded because of it, and
 * what another line handed over is that line’s.
 */
export const correctionOf = (line: SettlementLine, comparison: Comparison, booked: number): Posted | undefined => {
  const outcome = comparison.outcomes.get(line.lineId);
  if (!outcome || !isByCarrier(line) || line.customer || !comparison.told.has(line.lineId)) return undefined;
  const gross = Math.max(postedOf(line, outcome).gross - booked, 0 - byHand(line, comparison));
  return gross === 0 ? undefined : { gross, fee: 0 };
};
