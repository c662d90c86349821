import { derivedId, Refused, type FieldError } from '@cartage/eventsourcing';
import { splitOf, unsettledIn } from './channel-returns';
import { following } from './closing';
import type { ProviderRefund } from './commands';
import type { ReturnEvent } from './events';
import { piecesIn } from './pieces';
import { paidFor } from './refund';
import { requireRma } from './require';
import type { OrderReturns, Rma } from './state';

/** What was paid for these units, after those whose refund was decided, tax in it: nobody is given more for them, nor more for all units than was paid for all. */
const paidForUnits = ({ sold, settled }: OrderReturns, lines: ProviderRefund['lines']): number => {
  const before = new Map(settled);
  return lines.reduce((sum, { lineId, quantity }) => {
    const line = sold.get(lineId);
    return (line ? piecesIn(line, { sku: line.sku, quantity }) : []).reduce((more, { piece, units }) => {
      const done = before.get(piece.key) ?? 0;
      before.set(piece.key, done + units);
      return more + paidFor(piece, done, units);
    }, sum);
  }, 0);
};

const lineFaults = (rma: Rma, lines: ProviderRefund['lines']): readonly FieldError[] => {
  const named = new Map<string, number>();
  return lines.flatMap(({ lineId, quantity }, i): readonly FieldError[] => {
    if (!rma.lines.some((line) => line.lineId === lineId))
      return [{ field: `lines[${i}].lineId`, code: 'LINE_NOT_IN_RETURN', message: `The return has no line ${lineId}.` }];
    const left = unsettledIn(rma, lineId) - (named.get(lineId) ?? 0);
    named.set(lineId, (named.get(lineId) ?? 0) + quantity);
    const message = `Of line ${lineId}, the refund of ${left} is undecided, not of ${quantity}. Name those that are left.`;
    return quantity <= left ? [] : [{ field: `lines[${i}].quantity`, code: 'REFUND_DECIDED', message }];
  });
};

const moneyFaults = (state: OrderReturns, { amount, currency, lines }: ProviderRefund): readonly FieldError[] => {
  const [sold, most] = [state.sale?.currency ?? '', paidForUnits(state, lines)];
  if (currency !== sold)
    return [{ field: 'currency', code: 'CURRENCY_WRONG', message: `The order was paid in ${sold}, and is refunded in it.` }];
  const message = `For these units ${most} was paid, in minor units: no more is refunded for them.`;
  return amount <= most ? [] : [{ field: 'amount', code: 'REFUND_TOO_HIGH', message }];
};

const requireSound = (state: OrderReturns, rma: Rma, command: ProviderRefund): void => {
  const [first, ...more] = [...lineFaults(rma, command.lines), ...moneyFaults(state, command)];
  if (first) throw new Refused(first.code, first.message, 'invalid', [first, ...more]);
};

/** Whether nothing is left to decide of any of these units: our policy, or a refund before this one, has. */
const isDecided = (rma: Rma, lines: ProviderRefund['lines']): boolean =>
  lines.every(({ lineId }) => rma.lines.some((line) => line.lineId === lineId) && unsettledIn(rma, lineId) === 0);

/** A returns provider says what is owed for units of a return. Each unit is decided once, by whoever is first: told again, or of units that are decided, it is quiet. */
export const refundByProvider = (command: ProviderRefund, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, refundId, amount, currency, tender, now } = command;
  const rma = requireRma(state, returnId);
  if (rma.refunds.has(refundId) || isDecided(rma, command.lines)) return [];
  requireSound(state, rma, command);
  const lines = command.lines.map(({ lineId, quantity }) => ({ lineId, sku: state.sold.get(lineId)?.sku ?? '', quantity }));
  const money = { currency, amount, ...splitOf(state, lines, amount), delivery: 0, shipGroups: [], fee: 0, fees: [] };
  const data = { ...{ orderId, returnId, refundId, trigger: 'provider', lines }, ...money, tender, dueAt: now };
  return following(state, { ...command, refundId: derivedId(refundId, 1) }, [{ type: 'RefundDue', data }]);
};
