import { withParts } from '@cartage/contracts';
import { pendingEdit, setAside } from './cancellations';
import type { Decision, EventData } from './events';
import { handedGroups } from './handovers';
import { allDelivered, counted, wanted, type LineProgress } from './lines';
import { sentAgain } from './lost-parcels';
import { isPaid } from './payments';
import type { Hold, PlacedOrder } from './state';
import { releaseAll } from './rule-hold';
import type { Rule } from './occasion';

type Line = EventData<'OrderConfirmed'>['lines'][number];

/** Units of a line that nobody takes away. */
const toShip = (order: PlacedOrder, lineId: string, line: LineProgress): number => wanted(line) - setAside(order, lineId);

/** Ship groups of which a line waits for stock wait whole, unless it was split: the customer is sent what belongs together. */
export const waitingGroups = (order: PlacedOrder): ReadonlySet<string> => {
  const waiting = new Set<string>();
  for (const { lineId, shipGroupId } of order.sold.lines) {
    const line = order.progress.get(lineId);
    if (line && line.reserved < toShip(order, lineId, line) && order.choices.get(lineId) !== 'split') waiting.add(shipGroupId);
  }
  return waiting;
};

/** What holds of lines and ship groups stop; those that wait for stock hold what is not there anyway. */
export const heldParts = (holds: readonly Hold[]): ReadonlySet<string> =>
  new Set(holds.flatMap(({ lines, shipGroupId }) => lines?.map(({ lineId }) => `line ${lineId}`) ?? [`group ${shipGroupId}`]));

export const isWhole = ({ lines, shipGroupId }: Hold): boolean => !lines && shipGroupId === undefined;

/** Units that are reserved and that nothing holds. */
const confirmable = (order: PlacedOrder): readonly Line[] => {
  if (order.holds.some(isWhole)) return [];
  const [waiting, held, handed] = [waitingGroups(order), heldParts(order.holds), handedGroups(order)];
  return order.sold.lines.flatMap(({ lineId, sku, shipGroupId }) => {
    const line = order.progress.get(lineId);
    if (!line || handed.has(shipGroupId) || waiting.has(shipGroupId) || held.has(`line ${lineId}`) || held.has(`group ${shipGroupId}`))
      return [];
    const quantity = Math.min(toShip(order, lineId, line), line.reserved) - line.confirmed;
    return quantity > 0 ? [{ ...withParts({ lineId, sku, quantity }, order.kits.get(lineId)), shipGroupId }] : [];
  });
};

const confirmation = ({ placed, sold }: PlacedOrder, lines: readonly Line[], confirmedAt: string): Decision => {
  const named = new Set(lines.map(({ shipGroupId }) => shipGroupId));
  const shipGroups = sold.shipGroups
    .filter(({ shipGroupId }) => named.has(shipGroupId))
    .map(({ personal: _p, charge: _c, taxLines: _t, ...group }) => group);
  const { orderId, channel } = placed;
  return { type: 'OrderConfirmed', data: { orderId, channel, lines, shipGroups, priority: sold.priority, confirmedAt } };
};

/** In parts, where parts are ready: what was confirmed before is not named again. */
export const confirmWhenReservedAndPaid: Rule = (order, { now }) => {
  if (!isPaid(order)) return [];
  const lines = confirmable(order);
  return lines.length > 0 ? [confirmation(order, lines, now)] : [];
};

export const completeWhenDelivered: Rule = (order, { now }) =>
  order.confirmedAt !== undefined && allDelivered(counted(order.progress, 'delivered', sentAgain(order))) && !pendingEdit(order)
    ? [...releaseAll(order, now), { type: 'OrderCompleted', data: { orderId: order.placed.orderId, completedAt: now } }]
    : [];
