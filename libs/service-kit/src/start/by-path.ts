import { systemClock } from '@cartage/eventsourcing';
import type { GuardOptions } from '../auth/guard';
import type { AnyService } from '../service';
import type { OpenService, Surroundings } from './open-service';

/** By the first segment of a path. */
export const atPath = <Value>(
  services: readonly AnyService[],
  valueOf: (service: AnyService) => Value,
): ((segment: string) => Value | undefined) => {
  const byPath = new Map(services.flatMap((service) => service.paths.map((path) => [path, valueOf(service)] as const)));
  return (segment) => byPath.get(segment);
};

export const guardingOf = (open: readonly OpenService[], { settings }: Surroundings): GuardOptions => {
  const owners = new Map(open.flatMap(({ service, parts }) => service.paths.map((path) => [path, parts.owners ?? {}] as const)));
  return { settings, clock: systemClock, ownersAt: (segment) => owners.get(segment) ?? {} };
};
