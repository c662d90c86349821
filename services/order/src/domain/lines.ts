import type { LineQuantity } from '@cartage/contracts';

/** How far a whole line has come; units that are further or less far stand in its quantities. */
export const lineStatuses = ['placed', 'allocated', 'packed', 'shipped', 'delivered', 'returned', 'cancelled'] as const;
export type LineStatus = (typeof lineStatuses)[number];

/** Units of a line, by the furthest they were ever brought: `delivered` units are also counted as `shipped`. */
export interface LineProgress {
  readonly quantity: number;
  /** Promised by the network's stock. */
  readonly reserved: number;
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

const none = { reserved: 0, allocated: 0, packed: 0, shipped: 0, delivered: 0, returned: 0 };

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

const fromFurthest = ['returned', 'delivered', 'shipped', 'packed', 'allocated'] as const satisfies readonly Stage[];

/** Units that left before the order was cancelled go their way; the others go nowhere. */
const cancellable: ReadonlySet<LineStatus> = new Set(['placed', 'allocated', 'packed']);

export const lineStatus = (line: LineProgress, cancelled: boolean): LineStatus => {
  const furthest = fromFurthest.find((stage) => line[stage] >= line.quantity) ?? 'placed';
  return cancelled && cancellable.has(furthest) ? 'cancelled' : furthest;
};

const every = (progress: Progress, holds: (line: LineProgress) => boolean): boolean => {
  for (const line of progress.values()) if (!holds(line)) return false;
  return true;
};

const gone = (line: LineProgress): number => Math.max(line.shipped, line.delivered);

export const allReserved = (progress: Progress): boolean => every(progress, (line) => line.reserved >= line.quantity);
export const allShipped = (progress: Progress): boolean => every(progress, (line) => gone(line) >= line.quantity);
export const noneShipped = (progress: Progress): boolean => every(progress, (line) => gone(line) === 0);
export const allDelivered = (progress: Progress): boolean => every(progress, (line) => line.delivered >= line.quantity);
