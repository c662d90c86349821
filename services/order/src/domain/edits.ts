import type { OrderLine, Reason, ShipGroup, SoldShipGroup } from '@cartage/contracts';
import { freedNow, type Cancellation } from './cancellations';
import type { EventData } from './events';
import { startOf, uncounted, wanted, type LineProgress } from './lines';
import { present } from './present';
import type { PlacedOrder, Sold } from './state';

/** A line that is to be another one; units and price count from how it stands when the edit comes about. */
export interface LineChange {
  readonly lineId: string;
  /** Units more, or less. */
  readonly by: number;
  readonly unitPrice?: number;
  /** The price list that this price is from, and its revision. */
  readonly priceList?: string;
  readonly instructions?: string;
  readonly discounts?: OrderLine['discounts'];
  readonly taxLines?: OrderLine['taxLines'];
}

/** An edit that was looked at and is right; it may have to wait for whoever holds the goods. */
export interface Edit {
  readonly editId: string;
  readonly reason: Reason;
  readonly added: readonly (OrderLine & { readonly substitutes?: string })[];
  readonly changed: readonly LineChange[];
  readonly shipGroups: readonly SoldShipGroup[];
  readonly priority?: string;
  readonly instructions?: string;
}

type Edited = EventData<'OrderEdited'>;

const linesAfter = (lines: readonly OrderLine[], changes: Edited['lines']): readonly OrderLine[] => {
  const changed = new Map(changes.map((change) => [change.lineId, change.after]));
  const kept = lines.flatMap((line) => (changed.has(line.lineId) ? (changed.get(line.lineId) ?? []) : [line]));
  return [...kept, ...changes.flatMap(({ before, after }) => (!before && after ? [after] : []))];
};

const groupsAfter = (groups: readonly ShipGroup[], changes: Edited['shipGroups']): readonly ShipGroup[] =>
  groups.map((group) => {
    const after = changes.find(({ shipGroupId }) => shipGroupId === group.shipGroupId)?.after;
    return after ? { ...after, ...present({ personal: group.personal }) } : group;
  });

const soldAfter = (sold: Sold, { lines, shipGroups, totals, priority, instructions }: Edited): Sold => ({
  ...sold,
  lines: linesAfter(sold.lines, lines),
  shipGroups: groupsAfter(sold.shipGroups, shipGroups),
  totals,
  priority: priority?.after ?? sold.priority,
  ...present({ instructions: instructions ? instructions.after : sold.instructions }),
});

/** Of a line that is gone nothing is wanted. */
const quantities = (progress: PlacedOrder['progress'], changes: Edited['lines']): PlacedOrder['progress'] => {
  const next = new Map<string, LineProgress>(progress);
  for (const { lineId, after } of changes) {
    const before = next.get(lineId);
    if (before) next.set(lineId, { ...before, quantity: after?.quantity ?? before.cancelled });
    else if (after) for (const [id, begun] of startOf([after])) next.set(id, begun);
  }
  return next;
};

/** Units that were asked for are taken from what was confirmed. */
const withoutAsked = (order: PlacedOrder, editId: string): PlacedOrder => {
  const asked: Cancellation | undefined = order.cancellations.get(editId);
  if (!asked) return order;
  const cancellations = new Map(order.cancellations).set(editId, { ...asked, taken: asked.freed, edited: true });
  return { ...order, cancellations, progress: uncounted(order.progress, 'confirmed', freedNow(asked)) };
};

const isRedated = ({ before, after }: Edited['shipGroups'][number]): boolean =>
  before?.shipBy !== after?.shipBy || before?.deliverBy !== after?.deliverBy;

const withoutGroups = <Value>(map: ReadonlyMap<string, Value>, groups: ReadonlySet<string>): ReadonlyMap<string, Value> =>
  groups.size === 0 ? map : new Map([...map].filter(([group]) => !groups.has(group)));

export const withEdit = (order: PlacedOrder, edited: Edited): PlacedOrder => {
  const { sold, progress, ...rest } = withoutAsked(order, edited.editId);
  const redated = new Set(edited.shipGroups.filter(isRedated).map(({ shipGroupId }) => shipGroupId));
  return {
    ...rest,
    version: edited.orderVersion,
    // Dates that were edited are promises of their own.
    promised: withoutGroups(rest.promised, redated),
    commitments: withoutGroups(rest.commitments, redated),
    editedAt: edited.editedAt,
    sold: soldAfter(sold, edited),
    progress: quantities(progress, edited.lines),
  };
};

export const withDestination = (
  order: PlacedOrder,
  { shipGroupId, destination, personal }: Pick<EventData<'DestinationChanged'>, 'shipGroupId' | 'destination' | 'personal'>,
): PlacedOrder => ({
  ...order,
  sold: {
    ...order.sold,
    shipGroups: order.sold.shipGroups.map((group) =>
      group.shipGroupId === shipGroupId ? { ...group, ...present({ destination }), personal } : group,
    ),
  },
});

/** Units of a line that are still to leave, or have. */
export const wantedOf = ({ progress }: PlacedOrder, lineId: string): number => {
  const line = progress.get(lineId);
  return line ? wanted(line) : 0;
};
