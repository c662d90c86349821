import type { People } from '@cartage/service-kit';
import type { PseudonymOf } from '../app/star';

/** So many are remembered, those that came last: the same customers come again and again. */
const REMEMBERED = 50_000;

/** By a keyed hash, which nobody can make without the master key. */
export const pseudonymsOf = (people: Pick<People, 'hashOf'>, remembered = REMEMBERED): PseudonymOf => {
  const known = new Map<string, Promise<string>>();
  const asked = (customerId: string): Promise<string> => {
    const hash = people.hashOf('reporting-customer', customerId);
    hash.catch(() => known.get(customerId) === hash && known.delete(customerId));
    return hash;
  };
  return (customerId) => {
    const found = known.get(customerId) ?? asked(customerId);
    known.delete(customerId);
    known.set(customerId, found);
    if (known.size > remembered) known.delete(known.keys().next().value ?? '');
    return found;
  };
};
