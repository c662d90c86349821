import { isGivenBack } from './repayment';
import { isAllowed, type ReturnLine } from './return-line';
import { refundBy, sentAt } from './scans';
import type { OrderReturns, Rma } from './state';

/** Units that the promise is about: those that came in; before anything did, all that may come, for a carrier has them. */
const promisedUnits = ({ arrivedAt }: Rma, { asked, received }: ReturnLine, isSent: boolean): number => {
  if (arrivedAt !== undefined) return received;
  return isSent ? asked : 0;
};

const lacksMoney = (rma: Rma): boolean => {
  if (![...rma.refunds.values()].every(isGivenBack)) return true;
  const isSent = sentAt(rma) !== undefined;
  return rma.lines.some((line) => isAllowed(line) && line.settled < promisedUnits(rma, line, isSent));
};

/** Until when the customer was promised money that has not gone back, or not all of it; nothing where none is lacking, or no day was promised. */
export const moneyAwaitedBy = (state: OrderReturns, rma: Rma): string | undefined =>
  !rma.ended && lacksMoney(rma) ? refundBy(state, rma) : undefined;
