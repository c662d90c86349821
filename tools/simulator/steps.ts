import type { TimelineEntry } from './answers';

/** An order's way, stage by stage. Stages that did not happen are left out. */
const stages = ['placed', 'confirmed', 'allocated', 'packed', 'handed-over', 'delivered', 'completed'] as const;

/** Who is at work between two stages: how long it took is theirs to explain. */
const atWork: Readonly<Record<string, string>> = {
  confirmed: 'stock reserved, payment verified and authorised',
  allocated: 'location chosen, stock claimed there',
  packed: 'packed by the warehouse (simulated)',
  'handed-over': 'label bought, handed to the carrier (simulated)',
  delivered: 'carried to the door (simulated)',
  completed: 'order closed',
};

export interface StepTime {
  readonly step: string;
  readonly what: string;
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

const firstTimes = (entries: readonly TimelineEntry[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const { step, recordedAt } of entries) if (!times.has(step)) times.set(step, Date.parse(recordedAt));
  return times;
};

/** How long each stage of one order took: from the stage before it that happened. */
export const durationsOf = (entries: readonly TimelineEntry[]): readonly (readonly [step: string, ms: number])[] => {
  const times = firstTimes(entries);
  const reached = stages.flatMap((stage) => {
    const time = times.get(stage);
    return time === undefined ? [] : [{ stage, time }];
  });
  return reached.slice(1).map(({ stage, time }, i) => [stage, Math.max(0, time - (reached[i]?.time ?? time))] as const);
};

const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

/** Slowest first. */
export const stepTimes = (timelines: readonly (readonly TimelineEntry[])[]): readonly StepTime[] => {
  const times = new Map<string, number[]>();
  for (const [step, ms] of timelines.flatMap(durationsOf)) times.set(step, [...(times.get(step) ?? []), ms]);
  return [...times]
    .map(([step, all]) => {
      const sorted = all.toSorted((a, b) => a - b);
      return { step, what: atWork[step] ?? step, count: all.length, medianMs: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) };
    })
    .toSorted((a, b) => b.medianMs - a.medianMs);
};
