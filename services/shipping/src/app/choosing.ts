import { Refused } from '@cartage/eventsourcing';
import type { Choice, Wish } from '../domain/commands';
import type { Plan } from '../domain/events';
import type { Carrier } from './carrier';

const requireService = ({ name, services }: Carrier, service: string): string => {
  if (services.includes(service)) return service;
  const message = `Carrier ${name} has the services ${services.join(', ')}.`;
  throw new Refused('SERVICE_UNKNOWN', message, 'invalid', [{ field: 'service', code: 'SERVICE_UNKNOWN', message }]);
};

/** The service that was asked for; else the one that was sold, if this carrier has one of that name; else by priority. */
export const choose = (carrier: Carrier, { service: sold, priority }: Plan, { service: wished }: Wish): Choice => {
  const { name, services } = carrier;
  if (wished !== undefined) return { carrier: name, service: requireService(carrier, wished) };
  if (sold !== undefined && services.includes(sold)) return { carrier: name, service: sold };
  return { carrier: name, service: (priority === 'expedited' ? services.at(-1) : services[0]) ?? '' };
};
