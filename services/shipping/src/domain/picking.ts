import { TO_FOLLOW, type LineQuantity, type ShortUnits } from '@cartage/contracts';
import type { LinesConfirmed, PickedLine } from './events';

/** How far the picking of a shipment is. */
export interface Picking {
  readonly lines: readonly PickedLine[];
  /** Told as short already. */
  readonly short: readonly ShortUnits[];
  /** When every unit was found, or found missing. */
  readonly pickedAt?: string;
}

export const notPicked: Picking = { lines: [], short: [] };

export type ByLine<Each> = ReadonlyMap<string, Each>;

export const byLine = (lines: readonly PickedLine[]): ByLine<PickedLine> => new Map(lines.map((line) => [line.lineId, line]));

/** The lines of a picking after these were confirmed; each stands where it was confirmed first. */
export const withConfirmed = (lines: readonly PickedLine[], confirmed: readonly PickedLine[]): readonly PickedLine[] => [
  ...byLine([...lines, ...confirmed]).values(),
];

export const confirmed = ({ lines, short }: Picking = notPicked, data: LinesConfirmed): Picking => ({
  lines: withConfirmed(lines, data.lines),
  short,
});

interface Picked {
  readonly lines: readonly LineQuantity[];
  readonly short: readonly ShortUnits[];
  readonly pickedAt: string;
}

export const picked = ({ short: before }: Picking = notPicked, { lines, short: news, pickedAt }: Picked): Picking => {
  const short = [...before, ...news];
  const found = lines.map(({ lineId, quantity }): PickedLine => ({ lineId, quantity, short: 0 }));
  return { lines: [...short.reduce(withShort, byLine(found)).values()], short, pickedAt };
};

const withShort = (lines: ByLine<PickedLine>, { lineId, quantity, missing, reason }: ShortUnits): ByLine<PickedLine> => {
  const line = lines.get(lineId) ?? { lineId, quantity: 0, short: 0 };
  return new Map(lines).set(lineId, {
    ...line,
    short: line.short + quantity,
    missing: [...(line.missing ?? []), ...missing],
    reason,
  });
};

/** What its supplier sends later. */
export const toFollowOf = ({ picking = notPicked }: { readonly picking?: Picking }): readonly LineQuantity[] =>
  picking.short.filter(({ reason: { code } }) => code === TO_FOLLOW);
