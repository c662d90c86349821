import { Refused } from '@cartage/eventsourcing';

/** What every address of `/operations/:service` may refuse. */
export const unknownService = { unknown: ['SERVICE_UNKNOWN'] };

/** What a service of this process has of a kind, by its name. */
export const requireService = <Part>(parts: ReadonlyMap<string, Part>, service: string): Part => {
  const part = parts.get(service);
  if (part) return part;
  throw new Refused('SERVICE_UNKNOWN', `No service ${service} here. There are ${[...parts.keys()].join(', ')}.`, 'unknown');
};
