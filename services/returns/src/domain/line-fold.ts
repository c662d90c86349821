import type { Grade } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import {
  gradedOf,
  isAllowed,
  isUndecided,
  itemKey,
  spread,
  type Receipt,
  type ReceiptItem,
  type ReturnLine,
  type Standing,
} from './return-line';
import type { Rma } from './state';

type Of<Type extends ReturnEvent['type']> = DataOf<ReturnEvent, Type>;

const emptyLine = { reasons: [], standing: 'asked', asked: 0, faulty: 0, received: 0, gradings: [], settled: 0, settledFaulty: 0 } as const;

/** A line may be asked for twice, for two reasons: it is one line of the return. */
export const linesOf = (asked: Of<'ReturnRequested'>['lines'], faultReasons: readonly string[]): readonly ReturnLine[] => {
  const lines = new Map<string, ReturnLine>();
  for (const { lineId, sku, quantity, reason, condition, exchangeFor } of asked) {
    const wanted = exchangeFor ? { exchangeFor } : {};
    const line: ReturnLine = lines.get(itemKey({ lineId, sku })) ?? { lineId, sku, ...emptyLine, ...wanted };
    lines.set(itemKey(line), {
      ...line,
      asked: line.asked + quantity,
      faulty: line.faulty + (faultReasons.includes(reason) ? quantity : 0),
      reasons: [...new Set([...line.reasons, reason])],
      ...(condition === undefined ? {} : { conditions: [...new Set([...(line.conditions ?? []), condition])] }),
    });
  }
  return [...lines.values()];
};

interface Item {
  readonly lineId?: string;
  readonly sku: string;
  readonly quantity: number;
}

export const decided = (rma: Rma, items: readonly Item[], standingOf: (item: Item) => Standing): Rma => {
  const standings = new Map(items.map((item) => [itemKey(item), standingOf(item)]));
  return {
    ...rma,
    lines: rma.lines.map((line) => {
      const standing = standings.get(itemKey(line));
      return standing && isUndecided(line) ? { ...line, standing } : line;
    }),
  };
};

/** Why a person had to look is of no interest once one did; why a line was declined is. */
export const withoutDoubt = ({ reason, ...rma }: Rma): Rma =>
  reason && rma.lines.some(({ standing }) => standing === 'declined' || standing === 'review') ? { ...rma, reason } : rma;

const plus = (item: ReceiptItem | undefined, { lineId, sku, quantity, announced }: Of<'ReturnReceived'>['lines'][number]): ReceiptItem => {
  const before = item ?? { ...(lineId === undefined ? {} : { lineId }), sku, announced: 0, unannounced: 0, graded: 0 };
  return announced ? { ...before, announced: before.announced + quantity } : { ...before, unannounced: before.unannounced + quantity };
};

export const received = (rma: Rma, { receiptId, location, lines }: Of<'ReturnReceived'>): Rma => {
  const items = new Map<string, ReceiptItem>();
  for (const line of lines) items.set(itemKey(line), plus(items.get(itemKey(line)), line));
  const announced = lines.filter((line) => line.announced);
  const counted = spread(rma.lines, announced, {
    roomOf: ({ standing, asked, received: before }) => (standing === 'authorized' ? asked - before : 0),
    give: (line, units) => ({ ...line, received: line.received + units }),
  });
  const more = [...items.values()]
    .filter(({ unannounced }) => unannounced > 0)
    .map(({ lineId, sku, unannounced }): ReturnLine => ({
      ...emptyLine,
      ...(lineId === undefined ? {} : { lineId }),
      ...{ sku, unannouncedIn: receiptId, standing: lineId === undefined ? 'stray' : 'asked', received: unannounced },
    }));
  const { ended: _, ...open } = rma;
  return { ...open, lines: [...counted, ...more], receipts: new Map(rma.receipts).set(receiptId, { location, items }) };
};

/** In a receipt what was announced is graded, or found missing, before what was not. */
const roomIn =
  (receiptId: string, { announced, graded }: ReceiptItem) =>
  (line: ReturnLine): number => {
    if (line.unannouncedIn === receiptId) return line.received - gradedOf(line);
    return line.unannouncedIn === undefined ? Math.min(line.received - gradedOf(line), announced - graded) : 0;
  };

const withItem = (rma: Rma, [receiptId, receipt]: readonly [string, Receipt], item: ReceiptItem): Rma => ({
  ...rma,
  receipts: new Map(rma.receipts).set(receiptId, { ...receipt, items: new Map(receipt.items).set(itemKey(item), item) }),
});

export const graded = (rma: Rma, { receiptId, lineId, sku, quantity, grade, answerable = 'customer' }: Of<'ItemGraded'>): Rma => {
  const receipt = rma.receipts.get(receiptId);
  const item = receipt?.items.get(itemKey({ lineId, sku }));
  if (!receipt || !item) return rma;
  const [portions, roomOf] = [[{ lineId, sku, quantity }], roomIn(receiptId, item)];
  if (grade === undefined) {
    const gone = Math.min(quantity, item.announced - item.graded);
    const lines = spread(rma.lines, portions, { roomOf, give: (line, units) => ({ ...line, received: line.received - units }) });
    const left = { ...item, announced: item.announced - gone, unannounced: item.unannounced - (quantity - gone) };
    return withItem({ ...rma, lines }, [receiptId, receipt], left);
  }
  const grading = { grade: grade as Grade, atFault: answerable !== 'customer' };
  const lines = spread(rma.lines, portions, {
    roomOf,
    give: (line, units) => ({ ...line, gradings: [...line.gradings, { quantity: units, ...grading }] }),
  });
  return withItem({ ...rma, lines }, [receiptId, receipt], { ...item, graded: item.graded + quantity });
};

type Settling = Pick<Of<'RefundDue'>, 'lines'>;

export const settledIn = (lines: readonly ReturnLine[], portions: Settling['lines']): readonly ReturnLine[] => {
  const counted = spread(lines, portions, {
    roomOf: (line) => (isAllowed(line) ? Math.max(line.asked, line.received) - line.settled : 0),
    give: (line, units) => ({ ...line, settled: line.settled + units }),
  });
  const faulty = portions.filter(({ answerable = 'customer' }) => answerable !== 'customer');
  return spread(counted, faulty, {
    roomOf: ({ settled: all, settledFaulty }) => all - settledFaulty,
    give: (line, units) => ({ ...line, settledFaulty: line.settledFaulty + units }),
  });
};
