import { distanceKm, type Point } from '@cartage/contracts';
import type { Located } from './facts';

/** Whether distances to it mean anything from one place of its country to another. */
export const isExact = ({ locatedBy }: Located): boolean => locatedBy === 'coordinates' || locatedBy === 'postal-area';

/** To a tenth of a km; nothing when nobody knows where the goods go. */
export const distanceTo = (destination: Located, from: Point): number | undefined =>
  destination.locatedBy === 'unknown' ? undefined : Math.round(distanceKm(from, destination) * 10) / 10;
