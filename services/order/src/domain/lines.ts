import type { LineQuantity, OrderLine } from '@cartage/contracts';

/** How far a whole line has come; units that are further or less far stand in its quantities. */
export type LineStatus = 'placed' | 'allocated' | 'packed' | 'shipped' | 'delivered' | 'returned' | 'cancelled';

/** The stages that count units. */
export type Stage = Extract<LineStatus, 'allocated' | 'packed' | 'shipped' | 'delivered' | 'returned'>;

/** Units of a line, by the furthest they were ever brought: `delivered` units are also counted as `shipped`. */
export type LineProgress = { readonly quantity: number } & { readonly [Counted in Stage]: number };

export type Progress = ReadonlyMap<string, LineProgress>;

/** What a fact says of a line. `total` and `status` say where the line stands after it; absent if the fact moves no units of this order. */
export interface LineStep {
  readonly lineId: string;
  readonly quantity: number;
  readonly total?: number;
  readonly status?: LineStatus;
}

const fromFurthest: readonly Stage[] = ['returned', 'delivered', 'shipped', 'packed', 'allocated'];

export const startOf = (lines: readonly OrderLine[]): Progress =>
  new Map(lines.map(({ lineId, quantity }) => [lineId, { quantity, allocated: 0, packed: 0, shipped: 0, delivered: 0, returned: 0 }]));

/** Units that left before the order was cancelled go their way; the others go nowhere. */
const cancellable: ReadonlySet<LineStatus> = new Set(['placed', 'allocated', 'packed']);

export const lineStatus = (line: LineProgress, cancelled = false): LineStatus => {
  const furthest = fromFurthest.find((stage) => line[stage] >= line.quantity) ?? 'placed';
  return cancelled && cancellable.has(furthest) ? 'cancelled' : furthest;
};

interface Standing {
  readonly progress: Progress;
  readonly ended?: { readonly as: 'cancelled' | 'completed' };
}

/** How units of lines move into a stage, or back out of it (`direction` −1). */
export const stepsInto = (
  stage: Stage,
  lines: readonly Pick<LineQuantity, 'lineId' | 'quantity'>[],
  { progress, ended, direction = 1 }: Standing & { readonly direction?: 1 | -1 },
): readonly LineStep[] => {
  const totals = new Map<string, number>();
  return lines.map(({ lineId, quantity }) => {
    const line = progress.get(lineId);
    if (!line) return { lineId, quantity };
    const total = Math.max(0, (totals.get(lineId) ?? line[stage]) + direction * quantity);
    totals.set(lineId, total);
    return { lineId, quantity, total, status: lineStatus({ ...line, [stage]: total }, ended?.as === 'cancelled') };
  });
};

/** The lines after these steps. One copy for a fact, however many lines it speaks of: an order may have thousands. */
export const advanced = (progress: Progress, stage: Stage, steps: readonly LineStep[]): Progress => {
  const next = new Map(progress);
  for (const { lineId, total } of steps) {
    const line = next.get(lineId);
    if (line && total !== undefined) next.set(lineId, { ...line, [stage]: total });
  }
  return next;
};

const everyLine = (progress: Progress, holds: (line: LineProgress) => boolean): boolean => {
  for (const line of progress.values()) if (!holds(line)) return false;
  return true;
};

const gone = (line: LineProgress): number => Math.max(line.shipped, line.delivered);

export const allShipped = (progress: Progress): boolean => everyLine(progress, (line) => gone(line) >= line.quantity);
export const noneShipped = (progress: Progress): boolean => everyLine(progress, (line) => gone(line) === 0);
export const allDelivered = (progress: Progress): boolean => everyLine(progress, (line) => line.delivered >= line.quantity);
