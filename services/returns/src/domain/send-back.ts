import type { DataOf } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import { waysToSendBack, type ReturnPolicy } from './policy';
import type { Sale } from './sale';
import { termsIn } from './sale-terms';

type Authorized = DataOf<ReturnEvent, 'ReturnAuthorized'>;

/** How these lines are sent back, all in one way: with a label where one of them has one. What is kept need not come. */
export const sentBackBy = (
  { sale, policy }: { readonly sale: Sale; readonly policy: ReturnPolicy },
  lines: Authorized['lines'],
): Pick<Authorized, 'sendBack' | 'receivingLocation'> => {
  const coming = new Set(lines.flatMap(({ lineId, keep }) => (keep ? [] : [lineId])));
  const ways = sale.lines.flatMap((line) => (coming.has(line.lineId) ? (termsIn(policy, sale, line).sendBack ?? []) : []));
  const way = waysToSendBack.map((by) => ways.find((each) => each.by === by)).find((each) => each !== undefined);
  if (!way) return {};
  const { to, ...sendBack } = way;
  return { sendBack, ...(to === undefined ? {} : { receivingLocation: to }) };
};
