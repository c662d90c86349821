import type { LineQuantity, Reason } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { cancellable, linesOf, together, unitsOf } from './cancellations';
import type { Decision } from './events';
import type { PlacedOrder } from './state';

/** Units of a line that are to be cancelled; without a quantity all that still can. */
export interface LineToCancel {
  readonly lineId: string;
  readonly quantity?: number | null | undefined;
}

/** The whole order, or some units of it. */
export interface CancellationRequest {
  readonly cancellationId: string;
  readonly lines?: readonly LineToCancel[] | null | undefined;
  readonly reason: Reason;
  readonly now: string;
}

/** Units of a line that can still be cancelled, at once or by asking. */
export const most = (order: PlacedOrder, lineId: string): number => {
  const { atOnce, byAsking } = cancellable(order, lineId);
  return atOnce + byAsking;
};

interface Requested {
  readonly units: LineQuantity;
  readonly fault?: FieldError;
}

const unknownLine = (field: string): FieldError => ({
  field: `${field}.lineId`,
  code: 'LINE_UNKNOWN',
  message: 'is no line of this order',
});

const quantityFault = (field: string, quantity: number, left: number): FieldError | undefined => {
  if (Number.isInteger(quantity) && quantity >= 1 && quantity <= left) return undefined;
  const told = `must be 1 to ${left}: the other units are cancelled, on their way or asked about already`;
  const message = left > 0 ? told : 'has no units that can be cancelled';
  return { field: `${field}.quantity`, code: 'UNITS_NOT_CANCELLABLE', message };
};

/** What is named twice counts together. */
const requested = (order: PlacedOrder, lines: readonly LineToCancel[]): readonly Requested[] => {
  const sold = new Map(linesOf(order).map((line) => [line.lineId, line]));
  const before = new Map<string, number>();
  return lines.map(({ lineId, quantity: told }, i) => {
    const [line, earlier] = [sold.get(lineId), before.get(lineId) ?? 0];
    const left = most(order, lineId) - earlier;
    const quantity = told ?? left;
    before.set(lineId, earlier + quantity);
    const fault = line ? quantityFault(`lines[${i}]`, quantity, left) : unknownLine(`lines[${i}]`);
    return { units: { lineId, sku: line?.sku ?? '', quantity }, ...(fault ? { fault } : {}) };
  });
};

const unitsToCancel = (order: PlacedOrder, lines: readonly LineToCancel[]): readonly LineQuantity[] => {
  const each = requested(order, lines);
  const faults = each.flatMap(({ fault }) => fault ?? []);
  if (faults.length === 0) return together(each.map(({ units }) => units));
  const told = faults.map(({ field, message }) => `${field} ${message}.`).join(' ');
  throw new Refused('UNITS_NOT_CANCELLABLE', `Nothing was cancelled. ${told}`, 'conflict', faults);
};

/** Of these units, what is cancelled at once, and what whoever holds the goods is asked about. */
export const cancellation = (order: PlacedOrder, lines: readonly LineQuantity[], request: CancellationRequest): readonly Decision[] => {
  const { cancellationId, reason, now } = request;
  const common = { orderId: order.placed.orderId, cancellationId, reason };
  const atOnce = unitsOf(lines, ({ lineId, quantity }) => Math.min(quantity, cancellable(order, lineId).atOnce));
  const asked = unitsOf(lines, ({ lineId, quantity }) => quantity - Math.min(quantity, cancellable(order, lineId).atOnce));
  return [
    ...(atOnce.length > 0 ? [{ type: 'LineCancelled', data: { ...common, lines: atOnce, cancelledAt: now } } as const] : []),
    ...(asked.length > 0 ? [{ type: 'CancellationRequested', data: { ...common, lines: asked, requestedAt: now } } as const] : []),
  ];
};

/** Cancelling what is cancelled as a whole is already so. */
export const cancel = (order: PlacedOrder, request: CancellationRequest): readonly Decision[] => {
  if (request.lines) return cancellation(order, unitsToCancel(order, request.lines), request);
  if (order.ended?.as === 'cancelled') return [];
  const units = unitsOf(linesOf(order), ({ lineId }) => most(order, lineId));
  if (units.length > 0) return cancellation(order, units, request);
  const message =
    'Nothing of this order can be cancelled any more: it is on its way, or was asked about already. A return can bring it back.';
  throw new Refused('NOTHING_TO_CANCEL', message);
};
