import { Refused, type FieldError } from '@cartage/eventsourcing';
import { standingOf, type OrderReturns, type ReturnLine, type ReturnStatus, type Rma } from './state';

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

export const lineOf = ({ lines }: Rma, lineId: string): ReturnLine | undefined => lines.find((line) => line.lineId === lineId);

/** Refuses quantities that are more than is left on their lines, naming each. */
export const requireQuantities = (
  asked: readonly { readonly lineId: string; readonly quantity: number }[],
  left: (lineId: string) => number,
  fieldOf: (i: number) => string,
): void => {
  const taken = new Map<string, number>();
  const errors = asked.flatMap(({ lineId, quantity }, i): readonly FieldError[] => {
    taken.set(lineId, (taken.get(lineId) ?? 0) + quantity);
    if ((taken.get(lineId) ?? 0) <= left(lineId)) return [];
    return [
      { field: fieldOf(i), code: 'QUANTITY_TOO_HIGH', message: `Line ${lineId} has ${left(lineId)} left for this, not ${quantity}.` },
    ];
  });
  if (errors.length > 0) throw new Refused('QUANTITY_TOO_HIGH', 'More units than the return has left for this.', 'invalid', errors);
};
