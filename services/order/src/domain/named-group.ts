import { normalised, type ShipGroup } from '@cartage/contracts';
import type { Faults } from './faults';

/** The ship group of an order that goes to one place and does not name it. */
export const onlyShipGroup = '1';

/** The ship group that something is about: the one that it names, or the only one. */
export const namedGroup = (
  faults: Faults,
  shipGroups: readonly Pick<ShipGroup, 'shipGroupId'>[],
  { told, field }: { readonly told: string | null | undefined; readonly field: string },
): string => {
  const [first, ...others] = shipGroups.map(({ shipGroupId }) => shipGroupId);
  const all = [first, ...others].slice(0, 10).join(', ');
  if (told === null || told === undefined) {
    if (others.length > 0) faults.note(field, 'SHIP_GROUP_REQUIRED', `must name one of the ship groups: ${all}`);
    return first ?? onlyShipGroup;
  }
  const named = normalised(told);
  if (first !== named && !others.includes(named))
    faults.note(field, 'SHIP_GROUP_UNKNOWN', `is no ship group of this order, which has ${all}`);
  return named;
};
