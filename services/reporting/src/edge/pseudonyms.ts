import type { People } from '@cartage/service-kit';
import type { PseudonymOf } from '../app/star';

/** So many are remembered: the same customers come again and again. */
const REMEMBERED = 50_000;

/** By a keyed hash, which nobody can make without the master key. */
export const pseudonymsOf = (people: Pick<People, 'hashOf'>): PseudonymOf => {
  const known = new Map<string, Promise<string>>();
  return (customerId) => {
    const found = known.get(customerId) ?? people.hashOf('reporting-customer', customerId);
    if (!known.has(customerId)) known.set(customerId, found);
    found.catch(() => known.delete(customerId));
    if (known.size > REMEMBERED) known.delete(known.keys().next().value ?? '');
    return found;
  };
};
