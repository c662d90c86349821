import type { DataOf } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import type { ReturnPolicy } from './policy';
import type { Sale } from './sale';
import { endOfDays } from './window';

type Authorized = DataOf<ReturnEvent, 'ReturnAuthorized'>;

/** Until when the goods must be on their way, by the clocks of the place that they come from; what is kept need not come. */
export const untilWhen = (
  { sale, policy }: { readonly sale: Sale; readonly policy: ReturnPolicy },
  lines: Authorized['lines'],
  now: string,
): Pick<Authorized, 'expiresAt'> => {
  const coming = lines.find(({ keep }) => !keep);
  if (!coming) return {};
  const group = sale.lines.find(({ lineId }) => lineId === coming.lineId)?.shipGroupId;
  const place = sale.deliveries.find(({ shipGroupId }) => shipGroupId === group) ?? {};
  return { expiresAt: endOfDays(policy.authorizationDays, now, place) };
};
