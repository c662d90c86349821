import type { Schemas } from '../api/client';
import { isSameSku, type Scanned } from '../items/scanned';

export type Return = Schemas['Return'];
export type Grade = 'A' | 'B' | 'C' | 'scrap';

/** Digits are typed faster than words, and no scanner reads a barcode of one digit. */
export const gradeOf = (text: string): Grade | undefined => (['A', 'B', 'C', 'scrap'] as const)[['1', '2', '3', '4'].indexOf(text.trim())];

/** Units of an article, as a list beside the scanner shows them. */
export interface Tally {
  readonly sku: string;
  /** How many were still to come, or to be graded. */
  readonly expected: number;
  readonly counted: number;
}

/** What was last read, and what came of it. */
export interface Scan {
  readonly text: string;
  readonly outcome: 'counted' | 'complete' | 'over' | 'stray';
}

const bySku = (units: readonly { readonly sku: string; readonly expected: number }[]): readonly Tally[] =>
  units.reduce<readonly Tally[]>((tallies, { sku, expected }) => {
    const known = tallies.find((each) => each.sku === sku);
    if (!known) return [...tallies, { sku, expected, counted: 0 }];
    return tallies.map((each) => (each === known ? { ...each, expected: each.expected + expected } : each));
  }, []);

/** What of a return has not come. */
export const toReceive = ({ lines }: Pick<Return, 'lines'>): readonly Tally[] =>
  bySku(
    lines
      .filter(({ standing }) => standing === 'authorized' || standing === 'asked' || standing === 'review')
      .map(({ sku, asked, received }) => ({ sku, expected: Math.max(0, asked - received) })),
  ).filter(({ expected }) => expected > 0);

/** What has come, and nobody has looked at. */
export const toGrade = ({ lines }: Pick<Return, 'lines'>): readonly Tally[] =>
  bySku(lines.map(({ sku, received, graded }) => ({ sku, expected: received - graded }))).filter(({ expected }) => expected > 0);

/** Counts what was read. What nobody expects is counted all the same: it did come. */
export const countUnits = (
  tallies: readonly Tally[],
  { sku: read, units }: Scanned,
): { readonly tallies: readonly Tally[]; readonly scan: Scan } => {
  const known = tallies.find(({ sku }) => isSameSku(sku, read));
  if (!known) return { tallies: [...tallies, { sku: read, expected: 0, counted: units }], scan: { text: read, outcome: 'stray' } };
  const counted = known.counted + units;
  const outcome = known.expected === 0 ? 'stray' : counted > known.expected ? 'over' : counted === known.expected ? 'complete' : 'counted';
  return {
    tallies: tallies.map((each) => (each === known ? { ...each, counted } : each)),
    scan: { text: known.sku, outcome },
  };
};

/** Takes one unit back that was read once too often; what nobody expected is forgotten with its last unit. */
export const uncount = (tallies: readonly Tally[], sku: string): readonly Tally[] =>
  tallies
    .map((each) => (each.sku === sku ? { ...each, counted: Math.max(0, each.counted - 1) } : each))
    .filter(({ expected, counted }) => expected + counted > 0);

/** What is told to have come in. */
export const receivedOf = (tallies: readonly Tally[]): { readonly sku: string; readonly quantity: number }[] =>
  tallies.flatMap(({ sku, counted }) => (counted > 0 ? [{ sku, quantity: counted }] : []));

/** Which article is graded: the one that was read last, or else the only one that is left. */
export const inHand = (tallies: readonly Tally[], read: string | undefined): Tally | undefined =>
  tallies.find(({ sku }) => read !== undefined && isSameSku(sku, read)) ?? (tallies.length === 1 ? tallies[0] : undefined);
