import { distanceKm, type Point } from '@cartage/contracts';
import type { Located } from './facts';

/** To a tenth of a km; nothing when nobody knows where the goods go. */
export const distanceTo = (destination: Located, from: Point): number | undefined =>
  destination.locatedBy === 'unknown' ? undefined : Math.round(distanceKm(from, destination) * 10) / 10;
