import type { Decider, Named } from '@cartage/eventsourcing';
import type { Condition } from './alerts';

/** By how much another system may count otherwise without anybody being called: the greater of the two. */
export interface DriftTolerance {
  readonly units: number;
  /** Of what we have. */
  readonly percent: number;
}

/** Private; stream `drift-<category>`. Without numbers what holds for all others holds again. */
export type DriftToleranceChanged = Named<
  'DriftToleranceChanged',
  { readonly category: string; readonly tolerance?: DriftTolerance; readonly changedAt: string }
>;
export type SetDriftTolerance = Named<
  'SetDriftTolerance',
  { readonly category: string; readonly tolerance?: DriftTolerance; readonly now: string }
>;

export type ToleranceState = { readonly tolerance?: DriftTolerance };

export const driftTolerance: Decider<SetDriftTolerance, ToleranceState, DriftToleranceChanged> = {
  initial: {},
  evolve: (_, { data: { tolerance } }) => (tolerance ? { tolerance } : {}),
  decide: ({ data: { now, ...data } }, { tolerance: before }) =>
    before?.units === data.tolerance?.units && before?.percent === data.tolerance?.percent
      ? []
      : [{ type: 'DriftToleranceChanged', data: { ...data, changedAt: now } }],
};

/** Units that may be different before somebody is called. */
const allowed = ({ units, percent }: DriftTolerance, ours: number): number => Math.max(units, Math.floor((Math.abs(ours) * percent) / 100));

/** Where another system counts otherwise, and nobody has settled it. */
export interface WatchedDifference {
  readonly sku: string;
  readonly location?: string;
  readonly channel?: string;
  readonly theirs: number;
  readonly ours: number;
  readonly tolerance: DriftTolerance;
}

/** Of several systems that speak of one shelf the one that is farthest off is told. */
export const driftConditions = (open: readonly WatchedDifference[]): readonly Condition[] => {
  const worst = new Map<string, Condition>();
  for (const { sku, location = '', channel = '', tolerance, theirs, ours } of open) {
    const [value, threshold] = [theirs - ours, allowed(tolerance, ours)];
    const known = worst.get(`${location} ${channel} ${sku}`);
    if (Math.abs(value) <= threshold || (known && Math.abs(known.value) >= Math.abs(value))) continue;
    worst.set(`${location} ${channel} ${sku}`, { kind: 'drift', sku, channel, location, value, threshold });
  }
  return [...worst.values()];
};
