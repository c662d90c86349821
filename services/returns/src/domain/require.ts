import { Refused } from '@cartage/eventsourcing';
import { standingOf, statusOf, type OrderReturns, type ReturnStatus, type Rma } from './state';

export const requireRma = ({ rmas }: OrderReturns, returnId: string): Rma => {
  const rma = rmas.get(returnId);
  if (!rma) throw new Refused('RETURN_UNKNOWN', `There is no return ${returnId}.`, 'unknown');
  return rma;
};

const among = (rma: Rma, status: ReturnStatus, allowed: readonly ReturnStatus[]): Rma => {
  if (!allowed.includes(status))
    throw new Refused('RETURN_STATUS', `Return ${rma.returnId} is ${status}; this needs it to be ${allowed.join(' or ')}.`);
  return rma;
};

/** The RMA, if it is in one of these states. */
export const requireStatus = (state: OrderReturns, returnId: string, ...allowed: readonly ReturnStatus[]): Rma => {
  const rma = requireRma(state, returnId);
  return among(rma, standingOf(rma).status, allowed);
};

/** The same by its goods alone, whatever became of a refund. */
export const requireGoods = (state: OrderReturns, returnId: string, ...allowed: readonly ReturnStatus[]): Rma => {
  const rma = requireRma(state, returnId);
  return among(rma, statusOf(rma), allowed);
};
