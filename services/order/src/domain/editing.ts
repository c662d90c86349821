import type { LineQuantity, OrderLine, Reason, SoldShipGroup } from '@cartage/contracts';
import { Refused } from '@cartage/eventsourcing';
import type { ListOf } from './admission';
import { cancellable, linesOf, pendingEdit, unitsOf } from './cancellations';
import { edited } from './edited';
import { wantedOf, type Edit, type LineChange } from './edits';
import type { Decision } from './events';
import { Faults, kinds } from './faults';
import { groupOf } from './handovers';
import { gone } from './lines';
import { namedGroup } from './named-group';
import type { PlacementLine, PlacementShipping } from './placement';
import { present } from './present';
import { discountsOf, soldLine, taxLinesOf, type Terms } from './pricing';
import { promisedDays } from './ship-groups';
import type { PlacedOrder } from './state';

/** How a line is to be; what is not told stays. */
export interface LineEdit extends Omit<Partial<PlacementLine>, 'lineId' | 'sku'> {
  readonly lineId: string;
}

export interface GroupEdit extends Partial<PlacementShipping> {
  readonly shipGroupId?: string | null | undefined;
  readonly instructions?: string | null | undefined;
}

/** An edit as it is asked for. */
export interface EditRequest {
  readonly editId: string;
  readonly add?: readonly (PlacementLine & { readonly substitutes?: string })[] | null | undefined;
  readonly change?: readonly LineEdit[] | null | undefined;
  readonly remove?: readonly string[] | null | undefined;
  readonly delivery?: readonly GroupEdit[] | null | undefined;
  readonly priority?: string | null | undefined;
  readonly instructions?: string | null | undefined;
  readonly reason: Reason;
  readonly now: string;
  /** By which lists prices are told; absent where nobody compares them. */
  readonly listOf?: ListOf | undefined;
}

/** What of a line can be taken away. */
const removable = (order: PlacedOrder, lineId: string): number => {
  const { atOnce, byAsking } = cancellable(order, lineId);
  return atOnce + byAsking;
};

/** What is asked of the lines of an order, line by line, with the field that says so. */
interface Asked {
  readonly line: OrderLine;
  readonly at: string;
  readonly to: LineEdit;
}

const askedOf = ({ sold }: PlacedOrder, { change, remove }: EditRequest, faults: Faults): readonly Asked[] => {
  const lines = new Map(sold.lines.map((line) => [line.lineId, line]));
  const seen = new Set<string>();
  const all = [
    ...(change ?? []).map((to, i) => ({ at: `change[${i}]`, to })),
    ...(remove ?? []).map((lineId, i) => ({ at: `remove[${i}]`, to: { lineId, quantity: 0 } })),
  ];
  return all.flatMap(({ at, to }) => {
    const line = lines.get(to.lineId);
    if (!line) faults.note(`${at}.lineId`, 'LINE_UNKNOWN', 'is no line of this order');
    if (seen.has(to.lineId)) faults.note(`${at}.lineId`, 'LINE_ID_DUPLICATE', 'is changed twice');
    seen.add(to.lineId);
    return line ? [{ line, at, to }] : [];
  });
};

const isRepriced = ({ unitPrice, discount, discounts, tax, taxLines }: LineEdit): boolean =>
  [unitPrice, discount, discounts, tax, taxLines].some((told) => told !== undefined && told !== null);

const requireUnits = (order: PlacedOrder, { line, at, to }: Asked, faults: Faults): void => {
  const least = line.quantity - removable(order, line.lineId);
  const wished = to.quantity ?? line.quantity;
  if (Number.isSafeInteger(wished) && wished >= least) return;
  const message = `must be a whole number, ${least} or more: the other units are cancelled, on their way or asked about already`;
  faults.note(at.startsWith('remove') ? at : `${at}.quantity`, 'UNITS_NOT_REMOVABLE', message);
};

const requirePrice = (order: PlacedOrder, { line, at, to }: Asked, faults: Faults): void => {
  const progress = order.progress.get(line.lineId);
  if (progress && gone(progress) > 0 && isRepriced(to))
    faults.note(`${at}.unitPrice`, 'LINE_SHIPPED', 'must stay: units of the line have left at the price that was agreed');
};

const lineChangeOf = (
  order: PlacedOrder,
  asked: Asked,
  { faults, listOf }: Pick<EditRequest, 'listOf'> & Pick<Terms, 'faults'>,
): LineChange => {
  requireUnits(order, asked, faults);
  requirePrice(order, asked, faults);
  const { line, at, to } = asked;
  const told = (one: unknown, many: unknown): boolean => (one ?? many ?? undefined) !== undefined;
  return {
    lineId: line.lineId,
    by: (to.quantity ?? line.quantity) - line.quantity,
    ...present({
      unitPrice: to.unitPrice,
      priceList: typeof to.unitPrice === 'number' ? listOf?.({ ...line, unitPrice: to.unitPrice }) : undefined,
      instructions: faults.optionalText(kinds.instructions, to.instructions, `${at}.instructions`),
      discounts: told(to.discount, to.discounts) ? discountsOf(faults, to, at) : undefined,
      taxLines: told(to.tax, to.taxLines) ? taxLinesOf(faults, to, at) : undefined,
    }),
  };
};

/** Lines that are new have ids that no line of the order ever had. */
const addedOf = (order: PlacedOrder, { add, listOf }: EditRequest, terms: Terms): Edit['added'] => {
  const taken = new Set(order.progress.keys());
  return (add ?? []).map(({ substitutes, ...line }, i) => {
    const at = `add[${i}]`;
    const shipGroupId = namedGroup(terms.faults, order.sold.shipGroups, { told: line.shipGroupId, field: `${at}.shipGroupId` });
    if (groupOf(order, shipGroupId)?.method === 'digital')
      terms.faults.note(`${at}.shipGroupId`, 'GROUP_DIGITAL', 'is delivered digitally: sell more of it with an order of its own');
    const sold = soldLine(terms, { ...line, shipGroupId }, { at, number: order.progress.size + i + 1 });
    if (taken.has(sold.lineId)) terms.faults.note(`${at}.lineId`, 'LINE_ID_DUPLICATE', `is in the order already: ${sold.lineId}`);
    taken.add(sold.lineId);
    return { ...sold, ...present({ substitutes, priceList: listOf?.(sold) }) };
  });
};

const deliveryOf = (
  order: PlacedOrder,
  { at, ...asked }: GroupEdit & { readonly at: string },
  faults: Faults,
): readonly SoldShipGroup[] => {
  const named = namedGroup(faults, order.sold.shipGroups, { told: asked.shipGroupId, field: `${at}.shipGroupId` });
  const group = order.sold.shipGroups.find(({ shipGroupId }) => shipGroupId === named);
  if (!group) return [];
  const { personal: _, ...before } = group;
  const isCharged = (asked.amount ?? undefined) !== undefined;
  const taxed = (asked.tax ?? asked.taxLines ?? undefined) !== undefined;
  return [
    {
      ...before,
      ...present({
        service: faults.optionalText(kinds.service, asked.service, `${at}.service`),
        shipBy: faults.time(asked.shipBy, `${at}.shipBy`, promisedDays),
        deliverBy: faults.time(asked.deliverBy, `${at}.deliverBy`, promisedDays),
        instructions: faults.optionalText(kinds.instructions, asked.instructions, `${at}.instructions`),
      }),
      charge: isCharged ? faults.amount(asked.amount, `${at}.amount`) : before.charge,
      taxLines: taxed ? taxLinesOf(faults, asked, at) : before.taxLines,
    },
  ];
};

/** Confirmed units that are taken away: whoever holds the goods is asked first. */
const toBeAsked = (order: PlacedOrder, { changed }: Edit): readonly LineQuantity[] => {
  const less = new Map(changed.map(({ lineId, by }) => [lineId, Math.max(0, -by)]));
  return unitsOf(linesOf(order), ({ lineId }) => (less.get(lineId) ?? 0) - cancellable(order, lineId).atOnce);
};

const requireSomethingLeft = (order: PlacedOrder, { added, changed }: Edit): void => {
  const by = new Map(changed.map((change) => [change.lineId, change.by]));
  if (added.length > 0 || order.sold.lines.some(({ lineId }) => wantedOf(order, lineId) + (by.get(lineId) ?? 0) > 0)) return;
  throw new Refused('EDIT_EMPTIES_ORDER', 'Nothing of the order would be left: cancel it instead.');
};

const requireEditable = (order: PlacedOrder): void => {
  if (order.ended) throw new Refused('ORDER_ENDED', `The order is ${order.ended.as}: nothing of it can be changed.`);
  if (!pendingEdit(order)) return;
  throw new Refused('EDIT_PENDING', 'Another edit waits for whoever holds the goods. Try again when it was answered.');
};

/** Draws an edit up in one pass over what was asked. Refuses with every fault and its field. */
export const editOf = (order: PlacedOrder, request: EditRequest): readonly Decision[] => {
  requireEditable(order);
  const { editId, reason, now, priority, listOf } = request;
  const faults = new Faults(now);
  const asked = askedOf(order, request, faults);
  const edit: Edit = {
    ...{ editId, reason },
    added: addedOf(order, request, { faults, taxIncluded: order.placed.taxIncluded }),
    changed: asked.map((each) => lineChangeOf(order, each, { faults, listOf })),
    shipGroups: (request.delivery ?? []).flatMap((each, i) => deliveryOf(order, { ...each, at: `delivery[${i}]` }, faults)),
    ...present({ priority, instructions: faults.optionalText(kinds.instructions, request.instructions, 'instructions') }),
  };
  faults.refuse('EDIT_INVALID', 'Nothing was changed.');
  const places = new Map(asked.map(({ line, at }) => [line.lineId, at]));
  const decided = edited(order, edit, { now, faults, places });
  faults.refuse('EDIT_INVALID', 'Nothing was changed.');
  requireSomethingLeft(order, edit);
  const lines = toBeAsked(order, edit);
  if (lines.length === 0) return decided;
  return [
    {
      type: 'CancellationRequested',
      data: { orderId: order.placed.orderId, cancellationId: editId, lines, reason, requestedAt: now, edit },
    },
  ];
};
