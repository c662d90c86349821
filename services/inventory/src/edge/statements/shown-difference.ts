import { worthOf, type Worth } from '../../app/costing/worth';
import { unitsOf, type Difference } from '../../domain/statements/difference';
import type { ShownDifference } from './statements.answers';

const DAY_MS = 86_400_000;

export const shownDifference = ({ revision: _, ...difference }: Difference, now: Date, worth: Worth | undefined): ShownDifference => {
  const units = unitsOf(difference);
  const until = difference.settledAt === undefined || difference.status === 'open' ? now.getTime() : Date.parse(difference.settledAt);
  return {
    ...difference,
    units,
    days: Math.max(0, Math.floor((until - Date.parse(difference.since)) / DAY_MS)),
    value: worth ? worthOf(units, difference, worth) : null,
  };
};
