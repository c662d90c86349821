import { Refused } from '@cartage/eventsourcing';
import { standingOf, type OrderReturns, type ReturnStatus, type Rma } from './state';

export const requireRma = ({ rmas }: OrderReturns, returnId: string): Rma => {
  const rma = rmas.get(returnId);
  if (!rma) throw new Refused('RETURN_UNKNOWN', `There is no return ${returnId}.`, 'unknown');
  return rma;
};

/** The RMA, if it is in one of these states. */
export const requireStatus = (state: OrderReturns, returnId: string, ...allowed: readonly ReturnStatus[]): Rma => {
  const rma = requireRma(state, returnId);
  const { status } = standingOf(rma);
  if (!allowed.includes(status))
    throw new Refused('RETURN_STATUS', `Return ${returnId} is ${status}; this needs it to be ${allowed.join(' or ')}.`);
  return rma;
};
