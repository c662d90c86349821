import { withParts, type LineQuantity } from '@cartage/contracts';

/** How far a whole line has come; units that are further or less far stand in its quantities. */
export const lineStatuses = ['placed', 'allocated', 'packed', 'shipped', 'delivered', 'returned', 'cancelled'] as const;
export type LineStatus = (typeof lineStatuses)[number];

/** Units of a line, by the furthest they were ever brought: `delivered` units are also counted as `shipped`. */
export interface LineProgress {
  readonly quantity: number;
  /** Will not ship: `quantity` is as ordered, and less these is wanted. */
  readonly cancelled: number;
  /** Promised by the network's stock. */
  readonly reserved: number;
  /** Given to routing, and not taken back. */
  readonly confirmed: number;
  readonly allocated: number;
  readonly packed: number;
  readonly shipped: number;
  readonly delivered: number;
  readonly returned: number;
}

/** What units of a line can be counted under. */
export type Stage = Exclude<keyof LineProgress, 'quantity'>;

export type Progress = ReadonlyMap<string, LineProgress>;

/** Units of lines, as every fact names them. */
export type Units = readonly Pick<LineQuantity, 'lineId' | 'quantity'>[];

/** These units without so many of each line. */
export const unitsWithout = (units: Units, taken: Units): Units => {
  if (taken.length === 0) return units;
  const left = new Map<string, number>();
  for (const { lineId, quantity } of taken) left.set(lineId, quantity + (left.get(lineId) ?? 0));
  return units.map((line) => ({ ...line, quantity: line.quantity - (left.get(line.lineId) ?? 0) })).filter(({ quantity }) => quantity > 0);
};

const none = { cancelled: 0, reserved: 0, confirmed: 0, allocated: 0, packed: 0, shipped: 0, delivered: 0, returned: 0 };

export const startOf = (lines: Units): Progress => new Map(lines.map(({ lineId, quantity }) => [lineId, { quantity, ...none }]));

/** One copy for a fact, however many lines it speaks of; lines that are not of this order are passed over. */
const moved = (progress: Progress, stage: Stage, { units, by }: { readonly units: Units; readonly by: 1 | -1 }): Progress => {
  if (units.length === 0) return progress;
  const next = new Map(progress);
  for (const { lineId, quantity } of units) {
    const line = next.get(lineId);
    if (line) next.set(lineId, { ...line, [stage]: line[stage] + by * quantity });
  }
  return next;
};

/** With these units at a stage. */
export const counted = (progress: Progress, stage: Stage, units: Units): Progress => moved(progress, stage, { units, by: 1 });

/** Without these units at a stage after all. */
export const uncounted = (progress: Progress, stage: Stage, units: Units): Progress => moved(progress, stage, { units, by: -1 });

const passed: readonly Stage[] = ['reserved', 'confirmed', 'allocated', 'packed', 'shipped'];

/** Units that left and did not arrive are as if nobody had ever asked for them: what is said of the others of their line stays true. */
export const withoutUndelivered = (progress: Progress, units: Units): Progress =>
  passed.reduce((left, stage) => uncounted(left, stage, units), counted(progress, 'cancelled', units));

const fromFurthest = ['returned', 'delivered', 'shipped', 'packed', 'allocated'] as const satisfies readonly Stage[];

/** Units that are still to ship, or have. */
export const wanted = ({ quantity, cancelled }: LineProgress): number => Math.max(0, quantity - cancelled);

/** Of these units those that are wanted still. */
export const unitsWanted = (progress: Progress, units: readonly LineQuantity[]): readonly LineQuantity[] =>
  units.flatMap(({ lineId, sku, parts, quantity }) => {
    const line = progress.get(lineId);
    const left = line ? Math.min(quantity, wanted(line)) : 0;
    return left > 0 ? [withParts({ lineId, sku, quantity: left }, parts)] : [];
  });

/** Units that left, as far as anybody said. */
export const gone = (line: LineProgress): number => Math.max(line.shipped, line.delivered);

/** Of a line of which nothing is wanted any more: cancelled. */
export const lineStatus = (line: LineProgress): LineStatus => {
  const units = wanted(line);
  return units === 0 ? 'cancelled' : (fromFurthest.find((stage) => line[stage] >= units) ?? 'placed');
};

const every = (progress: Progress, holds: (line: LineProgress) => boolean): boolean => {
  for (const line of progress.values()) if (!holds(line)) return false;
  return true;
};

export const nothingWanted = (progress: Progress): boolean => every(progress, (line) => wanted(line) === 0);
export const allShipped = (progress: Progress): boolean => every(progress, (line) => gone(line) >= wanted(line));
export const noneShipped = (progress: Progress): boolean => every(progress, (line) => gone(line) === 0);
/** Nothing can be delivered before it was confirmed; where it was told so, the rest is still on its way here. */
export const allDelivered = (progress: Progress): boolean =>
  every(progress, (line) => line.delivered >= wanted(line) && line.confirmed >= wanted(line));
