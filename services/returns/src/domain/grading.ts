import type { Disposition, Grade } from '@cartage/contracts';
import { derivedId, invalidField, Refused, type DataOf } from '@cartage/eventsourcing';
import { following } from './closing';
import type { Answerable, ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { firstPolicy } from './policy';
import { termsIn } from './sale-terms';
import { requireRma } from './require';
import { itemKey, ungradedOf, type Receipt, type ReceiptItem } from './return-line';
import type { OrderReturns, Rma } from './state';

type Inspection = DataOf<ReturnCommand, 'GradeItem'>;

interface Found {
  readonly receiptId: string;
  readonly location: string;
  readonly item: ReceiptItem;
}

const requireSense = ({ lineId, sku, grade, disposition }: Inspection): void => {
  if (lineId === undefined && sku === undefined)
    throw invalidField('sku', 'REQUIRED', 'Name what was inspected: a lineId of the order, or a sku.');
  if (grade !== undefined && disposition === 'missing')
    throw invalidField('grade', 'GRADE_OF_MISSING', 'What is missing has no condition. Leave out the grade: it counts as never received.');
  if (grade === undefined && disposition !== 'missing')
    throw invalidField('grade', 'GRADE_MISSING', 'Say in which condition it is, or that it is missing (`disposition`).');
};

const isMeant = ({ lineId, sku }: Inspection, item: ReceiptItem): boolean =>
  (lineId === undefined || item.lineId === lineId) && (sku === undefined || item.sku === sku);

const itemsIn = (rma: Rma, inspection: Inspection): readonly Found[] =>
  [...rma.receipts].flatMap(([receiptId, { location, items }]: readonly [string, Receipt]) =>
    [...items.values()].filter((item) => isMeant(inspection, item)).map((item) => ({ receiptId, location, item })),
  );

/** The receipt that the units came with: the one named, or the first that holds some that were not graded. */
const foundIn = (rma: Rma, inspection: Inspection): Found => {
  const { receiptId, quantity } = inspection;
  const all = itemsIn(rma, inspection);
  const meant =
    receiptId === undefined ? all.filter(({ item }) => ungradedOf(item) > 0) : all.filter((each) => each.receiptId === receiptId);
  const [found] = meant;
  if (!found && receiptId !== undefined)
    throw new Refused('RECEIPT_UNKNOWN', `Return ${rma.returnId} has no receipt ${receiptId} with units of this.`, 'invalid');
  const left = found ? ungradedOf(found.item) : 0;
  if (found && quantity <= left) return found;
  const where = found
    ? `Receipt ${found.receiptId} at ${found.location} has ${left} units of this to grade`
    : 'No receipt has units of this to grade';
  throw new Refused('QUANTITY_TOO_HIGH', `${where}, not ${quantity}. Grade those of each receipt by themselves.`, 'invalid', [
    { field: 'quantity', code: 'QUANTITY_TOO_HIGH', message: `At most ${left}.` },
  ]);
};

/** What becomes of it by the policy: of its line, or, where the order has none, by its general terms. */
const dispositionOf = ({ sale, policy, sold }: OrderReturns, { item }: Found, grade: Grade): Disposition => {
  const line = sold.get(item.lineId ?? '');
  if (!policy || !sale) return firstPolicy.terms.disposition[grade];
  return (line ? termsIn(policy, sale, line) : policy.terms).disposition[grade];
};

/** Of these units: how many the customer sent back for a reason that is ours to answer for. */
const oursBySaying = (rma: Rma, { item }: Found, quantity: number): number => {
  const line = rma.lines.find((each) => each.unannouncedIn === undefined && itemKey(each) === itemKey(item));
  if (!line) return 0;
  const graded = line.gradings.reduce((sum, each) => sum + (each.atFault ? each.quantity : 0), 0);
  return Math.min(quantity, Math.max(0, line.faulty - graded));
};

interface Part {
  readonly quantity: number;
  readonly answerable: Answerable;
}

/** The inspector's word goes before the customer's. */
const partsOf = (rma: Rma, found: Found, { quantity, answerable }: Inspection): readonly Part[] => {
  if (answerable !== undefined) return [{ quantity, answerable }];
  const ours = oursBySaying(rma, found, quantity);
  const parts: readonly Part[] = [
    { quantity: ours, answerable: 'merchant' },
    { quantity: quantity - ours, answerable: 'customer' },
  ];
  return parts.filter((part) => part.quantity > 0);
};

/** Units are graded where they came in; those that are missing were never there, whatever the receipt said. */
export const gradeItem = (command: Inspection, state: OrderReturns): readonly ReturnEvent[] => {
  const { orderId, returnId, gradingId, quantity, grade, now } = command;
  const rma = requireRma(state, returnId);
  requireSense(command);
  const found = foundIn(rma, command);
  const { lineId, sku } = found.item;
  const of = { orderId, returnId, receiptId: found.receiptId, ...(lineId === undefined ? {} : { lineId }), sku, location: found.location };
  if (grade === undefined)
    return following(state, command, [{ type: 'ItemGraded', data: { ...of, gradingId, quantity, disposition: 'missing', gradedAt: now } }]);
  const disposition = command.disposition ?? dispositionOf(state, found, grade);
  const graded = partsOf(rma, found, command).map((part, i): ReturnEvent => ({
    type: 'ItemGraded',
    data: {
      ...of,
      gradingId: derivedId(gradingId, i),
      quantity: part.quantity,
      grade,
      disposition,
      answerable: part.answerable,
      gradedAt: now,
    },
  }));
  return following(state, command, graded);
};
