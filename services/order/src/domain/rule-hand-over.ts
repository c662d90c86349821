import { withParts, type LineQuantity } from '@cartage/contracts';
import { cancellable, setAside, unitsOf } from './cancellations';
import type { Decision } from './events';
import { groupOf, handedGroups, inHandover, type Handover } from './handovers';
import { gone, wanted } from './lines';
import type { Occasion, Rule } from './occasion';
import { isPaid } from './payments';
import { present } from './present';
import { heldParts, isWhole, waitingGroups } from './rule-confirm';
import type { PlacedOrder } from './state';

/** Units of a ship group that are there for the customer to take, and that nothing holds. */
const ready = (order: PlacedOrder, group: string): readonly LineQuantity[] => {
  const held = heldParts(order.holds);
  return order.sold.lines.flatMap(({ lineId, sku, shipGroupId }) => {
    const line = shipGroupId === group && !held.has(`line ${lineId}`) ? order.progress.get(lineId) : undefined;
    if (!line) return [];
    const quantity =
      Math.min(wanted(line) - setAside(order, lineId), line.reserved) - Math.max(line.confirmed, gone(line)) - inHandover(order, lineId);
    return quantity > 0 ? [withParts({ lineId, sku, quantity }, order.kits.get(lineId))] : [];
  });
};

const request = (order: PlacedOrder, shipGroupId: string, { now, newId }: Occasion): readonly Decision[] => {
  const lines = ready(order, shipGroupId);
  if (lines.length === 0) return [];
  const location = groupOf(order, shipGroupId)?.pickupLocation;
  const { orderId } = order.placed;
  return [
    { type: 'HandoverRequested', data: { orderId, handoverId: newId(), shipGroupId, ...present({ location }), lines, requestedAt: now } },
  ];
};

/** What is paid for, there and not held goes to the customer, each ship group as soon as it is whole. */
const requests = (order: PlacedOrder, occasion: Occasion): readonly Decision[] => {
  if (!isPaid(order) || order.holds.some(isWhole)) return [];
  const [waiting, held] = [waitingGroups(order), heldParts(order.holds)];
  return [...handedGroups(order)].flatMap((group) =>
    waiting.has(group) || held.has(`group ${group}`) ? [] : request(order, group, occasion),
  );
};

const handover = (order: PlacedOrder, { handoverId, shipGroupId, location, lines }: Handover, now: string): readonly Decision[] => {
  const group = groupOf(order, shipGroupId);
  if (!group) return [];
  const box = group.method === 'digital' ? (group.personal ?? order.placed.personal) : undefined;
  const named = { orderId: order.placed.orderId, handoverId, shipGroupId, method: group.method, lines };
  return [{ type: 'GoodsHandedOver', data: { ...named, ...present({ location, personal: box }), handedOverAt: now } }];
};

/** Of what stock has let go, the customer has it. */
export const handOverWhenBooked: Rule = (order, { now }) =>
  [...order.handovers.values()].flatMap((each) => (each.standing === 'booked' ? handover(order, each, now) : []));

export const handOverWhenPaid: Rule = (order, occasion) => (handedGroups(order).size === 0 ? [] : requests(order, occasion));

/** What the location does not have, nobody waits for: it is done without, once. */
export const cancelWhenNotThere: Rule = (order, { now }) =>
  [...order.handovers.values()].flatMap(({ handoverId, standing, short }): readonly Decision[] => {
    if (standing !== 'refused' || order.cancellations.has(handoverId)) return [];
    const units = short.map(({ lineId, sku, requested }) => ({ lineId, sku, quantity: requested }));
    const lines = unitsOf(units, ({ lineId, quantity }) => Math.min(quantity, cancellable(order, lineId).atOnce));
    const reason = { code: 'not-at-location', detail: 'The location does not have it.', by: 'policy' } as const;
    const { orderId } = order.placed;
    return lines.length > 0
      ? [{ type: 'LineCancelled', data: { orderId, cancellationId: handoverId, lines, reason, cancelledAt: now } }]
      : [];
  });
