import type { Scan } from './events';
import type { Tracked } from './shipment';

/** How a parcel fared on its way, as far as its carrier answers for it. */
export interface Course {
  /** When it was brought to its door, or to its store, by the carrier's clock; absent where it was not, or came back afterwards. */
  readonly deliveredAt?: string;
  /** Attempts that failed before it was brought, or in all. */
  readonly failedAttempts: number;
  readonly damaged: boolean;
  /** It is coming back, or is back with us. */
  readonly wentBack: boolean;
}

const timesOf = (scans: readonly Scan[], milestone: Scan['milestone']): readonly string[] =>
  scans.filter((scan) => scan.milestone === milestone).map(({ occurredAt }) => occurredAt);

/** It does not come twice: what is scanned as delivered again was delivered before. */
const deliveredAt = ({ status, scans }: Tracked): string | undefined =>
  status === 'delivered' ? timesOf(scans, 'delivered').toSorted()[0] : undefined;

/** Follows from all scans by the carrier's clock: in whatever order they came, and however late, it is the same. */
export const courseOf = (parcel: Tracked): Course => {
  const at = deliveredAt(parcel);
  return {
    ...(at === undefined ? {} : { deliveredAt: at }),
    failedAttempts: timesOf(parcel.scans, 'attempt-failed').filter((failed) => at === undefined || failed < at).length,
    damaged: parcel.scans.some(({ milestone, reason }) => milestone === 'exception' && reason?.code === 'damaged'),
    wentBack: parcel.status === 'returning' || parcel.status === 'returned',
  };
};
