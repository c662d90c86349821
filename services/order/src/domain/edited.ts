import type { OrderLine } from '@cartage/contracts';
import type { Decision, EventData } from './events';
import type { Edit, LineChange } from './edits';
import type { Faults } from './faults';
import { present } from './present';
import { soldLine, sumOf, totalsOf, type Terms } from './pricing';
import type { PlacedOrder } from './state';

/** In proportion, in whole minor units, half up. */
const proportion = (amount: number, part: number, of: number): number =>
  of === 0 ? 0 : Number((2n * BigInt(amount) * BigInt(part) + BigInt(of)) / (2n * BigInt(of)));

/** Of a price that is none nothing is reckoned: it is refused as it was told. */
const reckonable = (unitPrice: number): number => (Number.isSafeInteger(unitPrice) ? Math.max(0, unitPrice) : 0);

const netOf = ({ quantity, unitPrice, discounts }: Pick<OrderLine, 'quantity' | 'unitPrice' | 'discounts'>): number =>
  Math.max(0, quantity * unitPrice - sumOf(discounts));

/**
 * A line of another quantity or price. Unless they are told, discounts fall with the units, and stay where there are more: a voucher is given once; taxes are in
 * proportion to what they are of.
 */
export const changedLine = (terms: Terms, line: OrderLine, { at, ...change }: LineChange & { readonly at: string }): OrderLine => {
  const [quantity, unitPrice] = [line.quantity + change.by, change.unitPrice ?? line.unitPrice];
  const worth = reckonable(unitPrice);
  const share = ({ amount, ...rest }: OrderLine['discounts'][number]) => ({
    ...rest,
    amount: Math.min(proportion(amount, Math.min(quantity, line.quantity), line.quantity), quantity * worth),
  });
  const discounts = change.discounts ?? line.discounts.map(share);
  const [before, net] = [netOf(line), netOf({ quantity, unitPrice: worth, discounts })];
  const taxLines = change.taxLines ?? line.taxLines.map((tax) => ({ ...tax, amount: proportion(tax.amount, net, before) }));
  const changed = { ...line, ...present({ instructions: change.instructions }), quantity, unitPrice, discounts, taxLines };
  // Sold at the same price it is still of the list that it was sold by, whatever that list asks now.
  const priceList = unitPrice === line.unitPrice ? line.priceList : change.priceList;
  return { ...soldLine(terms, changed, { at, number: 0 }), ...present({ priceList }) };
};

type Edited = EventData<'OrderEdited'>;

/** What an edit comes to, when it comes about. */
interface Coming {
  readonly now: string;
  /** Units that could not be taken away: they stay. */
  readonly refused?: ReadonlyMap<string, number>;
  /** Where faults are noted, and where its lines stand in the request. */
  readonly faults: Faults;
  readonly places?: ReadonlyMap<string, string>;
}

/** A change that says nothing but which line it is of, and no units. */
const isEmpty = (change: LineChange): boolean => change.by === 0 && Object.keys(change).length === 2;

const changeOf = (terms: Terms, before: OrderLine, change: LineChange & { readonly at: string }): Edited['lines'][number] => {
  const { lineId } = before;
  return before.quantity + change.by === 0 ? { lineId, before } : { lineId, before, after: changedLine(terms, before, change) };
};

const changesOf = (order: PlacedOrder, edit: Edit, { faults, refused, places }: Coming): Edited['lines'] => {
  const terms = { faults, taxIncluded: order.placed.taxIncluded };
  const lines = new Map(order.sold.lines.map((line) => [line.lineId, line]));
  const changed = edit.changed.flatMap((change): Edited['lines'] => {
    const [line, kept] = [lines.get(change.lineId), refused?.get(change.lineId) ?? 0];
    const now = { ...change, by: change.by + kept };
    return line && !isEmpty(now) ? [changeOf(terms, line, { ...now, at: places?.get(change.lineId) ?? 'lines' })] : [];
  });
  return [...changed, ...edit.added.map(({ substitutes, ...after }) => ({ lineId: after.lineId, after, ...present({ substitutes }) }))];
};

const groupsOf = ({ sold }: PlacedOrder, { shipGroups }: Edit): Edited['shipGroups'] =>
  shipGroups.flatMap((after) => {
    const { personal: _, ...before } = sold.shipGroups.find(({ shipGroupId }) => shipGroupId === after.shipGroupId) ?? { ...after };
    return [{ shipGroupId: after.shipGroupId, before, after }];
  });

const withLines = (lines: readonly OrderLine[], changes: Edited['lines']): readonly OrderLine[] => {
  const changed = new Set(changes.map(({ lineId }) => lineId));
  return [...lines.filter(({ lineId }) => !changed.has(lineId)), ...changes.flatMap(({ after }) => after ?? [])];
};

const othersOf = ({ sold }: PlacedOrder, { priority, instructions }: Edit): Pick<Edited, 'priority' | 'instructions'> =>
  present({
    priority: priority === undefined || priority === sold.priority ? undefined : { before: sold.priority, after: priority },
    instructions:
      instructions === undefined || instructions === sold.instructions
        ? undefined
        : { ...present({ before: sold.instructions }), after: instructions },
  });

/** The order as it is from now on. Nothing where nothing is left to change. */
export const edited = (order: PlacedOrder, edit: Edit, coming: Coming): readonly Decision[] => {
  const { sold, placed, version } = order;
  const terms = { faults: coming.faults, taxIncluded: placed.taxIncluded };
  const [lines, shipGroups, others] = [changesOf(order, edit, coming), groupsOf(order, edit), othersOf(order, edit)];
  const groups = sold.shipGroups.map((group) => shipGroups.find(({ shipGroupId }) => shipGroupId === group.shipGroupId)?.after ?? group);
  const totals = totalsOf(terms, withLines(sold.lines, lines), groups);
  if (lines.length + shipGroups.length + Object.keys(others).length === 0) return [];
  const { editId, reason } = edit;
  const head = { orderId: placed.orderId, editId, orderVersion: version + 1 };
  const data = { ...head, lines, shipGroups, ...others, totalsBefore: sold.totals, totals, reason, editedAt: coming.now };
  return [{ type: 'OrderEdited', data }];
};
