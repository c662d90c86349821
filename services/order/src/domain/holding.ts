import type { LineQuantity, Reason } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import { linesOf, unitsOf } from './cancellations';
import type { Decision } from './events';
import { gone, wanted } from './lines';
import type { Hold, PlacedOrder } from './state';

/** What people and rules of others hold; what Cartage holds by itself has types of its own. */
export interface HoldRequest {
  readonly holdId: string;
  readonly type: string;
  /** Of these lines, or of one ship group; without either the whole order. */
  readonly lines?: readonly { readonly lineId: string; readonly quantity?: number | null | undefined }[] | null | undefined;
  readonly shipGroupId?: string | null | undefined;
  readonly until?: string | null | undefined;
  readonly reason: Reason;
  readonly now: string;
}

export interface ReleaseRequest {
  readonly holdId: string;
  readonly by: string;
  readonly actor: string;
  readonly now: string;
}

/** Holds that end when their cause does, and what a person does about the cause. */
const endsByItself: ReadonlyMap<string, string> = new Map([
  ['stock-short', 'Choose what becomes of the line (shortages), or cancel it.'],
  ['payment-review', 'Decide the review.'],
  ['payment-declined', 'Add another way to pay, or cancel the order.'],
  ['payment-due', 'Add a way to pay, or edit the order again.'],
  ['payment-expired', 'Add another way to pay, or cancel the order.'],
  ['unfillable', 'Bring stock to a location, or cancel the line.'],
]);

/** Holds that Cartage applies and a person may let pass. */
const mayPass: ReadonlySet<string> = new Set(['chargeback', 'cancellation-overdue', 'parcel-lost', 'exchange']);

const fault = (field: string, code: string, message: string): FieldError => ({ field, code, message });

const requireOpen = (order: PlacedOrder): void => {
  if (order.ended) throw new Refused('ORDER_ENDED', `The order is ${order.ended.as}: nothing of it can be held.`);
};

const typeFaults = ({ type }: HoldRequest): readonly FieldError[] =>
  endsByItself.has(type) || mayPass.has(type)
    ? [fault('type', 'HOLD_TYPE_RESERVED', 'is applied by itself only; take another, such as operator')]
    : [];

const lineFaults = ({ sold }: PlacedOrder, { lines }: HoldRequest): readonly FieldError[] => {
  const known = new Set(sold.lines.map(({ lineId }) => lineId));
  return (lines ?? []).flatMap(({ lineId }, i) =>
    known.has(lineId) ? [] : [fault(`lines[${i}].lineId`, 'LINE_UNKNOWN', 'is no line of this order')],
  );
};

const groupFaults = ({ sold }: PlacedOrder, { shipGroupId, lines }: HoldRequest): readonly FieldError[] => {
  if (!shipGroupId) return [];
  if (lines) return [fault('shipGroupId', 'TOLD_TWICE', 'must not be told together with lines')];
  const known = sold.shipGroups.some((group) => group.shipGroupId === shipGroupId);
  return known ? [] : [fault('shipGroupId', 'SHIP_GROUP_UNKNOWN', 'is no ship group of this order')];
};

const timeFaults = ({ until, now }: HoldRequest): readonly FieldError[] =>
  until && !(Date.parse(until) > Date.parse(now)) ? [fault('until', 'TIME_PAST', 'must lie ahead')] : [];

/** Units of a line that have not left. */
const here = (order: PlacedOrder, lineId: string): number => {
  const line = order.progress.get(lineId);
  return line ? Math.max(0, wanted(line) - gone(line)) : 0;
};

const heldLines = (order: PlacedOrder, lines: NonNullable<HoldRequest['lines']>): readonly LineQuantity[] => {
  const asked = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity ?? here(order, lineId)]));
  return unitsOf(linesOf(order), ({ lineId }) => Math.min(asked.get(lineId) ?? 0, here(order, lineId)));
};

export const applyHold = (order: PlacedOrder, request: HoldRequest): readonly Decision[] => {
  requireOpen(order);
  const faults = [typeFaults(request), lineFaults(order, request), groupFaults(order, request), timeFaults(request)].flat();
  if (faults.length > 0)
    throw new Refused('HOLD_INVALID', faults.map(({ field, message }) => `${field} ${message}.`).join(' '), 'invalid', faults);
  const { holdId, type, lines, shipGroupId, until, reason, now: appliedAt } = request;
  const held = lines ? heldLines(order, lines) : undefined;
  if (held?.length === 0) throw new Refused('NOTHING_TO_HOLD', 'These lines have left, or are cancelled: there is nothing to hold.');
  const part = held ? { lines: held } : shipGroupId ? { shipGroupId } : {};
  const over = until ? { until: new Date(until).toISOString() } : {};
  return [{ type: 'HoldApplied', data: { orderId: order.placed.orderId, holdId, type, ...part, ...over, reason, appliedAt } }];
};

/** What is released already is so. */
export const releaseHold = (order: PlacedOrder, { holdId, by, actor, now }: ReleaseRequest): readonly Decision[] => {
  if (order.released.has(holdId)) return [];
  const hold = order.holds.find((each) => each.holdId === holdId);
  if (!hold) throw new Refused('HOLD_UNKNOWN', `The order has no hold ${holdId}.`, 'unknown');
  const way = endsByItself.get(hold.type);
  if (way) throw new Refused('HOLD_ENDS_BY_ITSELF', `A hold ${hold.type} ends when its cause does. ${way}`);
  const { orderId } = order.placed;
  return [{ type: 'HoldReleased', data: { orderId, holdId, type: hold.type, resolution: 'released', by, actor, releasedAt: now } }];
};

/** What a person lets pass does not hold again: exchanges and parcels by their ids, too. */
const letPass = (order: PlacedOrder, type: string): Iterable<string> => {
  if (type === 'chargeback') return order.chargebacks.keys();
  if (type === 'parcel-lost') return order.lost.keys();
  if (type === 'exchange') return [order.placed.replaces?.exchange?.exchangeId ?? ''];
  return type === 'cancellation-overdue' ? order.cancellations.keys() : [];
};

export const withoutHold = (
  order: PlacedOrder,
  { holdId, type, resolution }: Pick<Hold, 'holdId' | 'type'> & { readonly resolution: string },
): PlacedOrder => ({
  ...order,
  holds: order.holds.filter((each) => each.holdId !== holdId),
  released: new Set(order.released).add(holdId),
  waived: resolution === 'released' ? new Set([...order.waived, ...letPass(order, type)]) : order.waived,
});
