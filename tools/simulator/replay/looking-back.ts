import type { ShownOrder } from '../answers';
import type { Cartage } from '../cartage';
import { inParallel } from '../crowd';
import { awaited } from '../patience';
import { Trouble } from '../problem';
import type { Progress } from '../terminal';
import type { Row, Source } from './file';
import { lineMoney } from './money';
import { CHANNEL } from './order';
import { salesOf, type Plan } from './plan';

/** The file's sales as Cartage tells them afterwards, order by order. */
export interface Kept {
  readonly orders: number;
  readonly lines: number;
  readonly units: number;
  /** Pence. */
  readonly total: number;
  /** Of it, what was called off before anything left. */
  readonly calledOff: number;
  readonly captured: number;
  readonly refunded: number;
  /** Units by SKU that left the location. */
  readonly shipped: ReadonlyMap<string, number>;
  /** Orders that are not as the file says, or not at their end: the first few, for a person. */
  readonly differences: readonly string[];
}

const AT_ONCE = 16;
const MOST_TOLD = 10;

const written = (lineId: string, sku: string, quantity: number, pence: number): string => JSON.stringify([lineId, sku, quantity, pence]);

/** Whether an order holds exactly the invoice's lines: SKU, quantity and money of each. */
const isSame = (rows: readonly Row[], { lines }: ShownOrder): boolean => {
  const expected = new Set(rows.map(({ lineId, sku, quantity, price }) => written(lineId, sku, quantity, lineMoney(quantity, price))));
  return (
    lines.length === rows.length && lines.every(({ lineId, sku, quantity, total }) => expected.has(written(lineId, sku, quantity, total)))
  );
};

const differenceOf = (rows: readonly Row[], order: ShownOrder, end: string): string | undefined => {
  const name = `Invoice ${rows[0]?.invoice ?? ''}`;
  if (!isSame(rows, order)) return `${name}: the order has other lines.`;
  return order.status === end ? undefined : `${name}: the order is ${order.status}${order.holds.map(({ type }) => ` (${type})`).join('')}.`;
};

const moneyOf = async (cartage: Cartage, { orderId, status, totals }: ShownOrder): Promise<{ captured: number; refunded: number }> => {
  const look = async () => {
    const { money = { captured: 0, refunded: 0 } } = await cartage.payment(orderId);
    return status === 'completed' && money.captured < totals.total ? undefined : money;
  };
  return awaited(`the payment of order ${orderId} to be captured`, look);
};

const addShipped = (shipped: Map<string, number>, { lines }: ShownOrder): void => {
  for (const { sku, progress } of lines) shipped.set(sku, (shipped.get(sku) ?? 0) + progress.delivered);
};

/** How the order must have ended by the file. */
const endOf = ({ calledOff }: Plan, { externalOrderId = '' }: ShownOrder): string =>
  calledOff.has(externalOrderId) ? 'cancelled' : 'completed';

interface LookingBack {
  readonly cartage: Cartage;
  readonly source: Source;
  readonly plan: Plan;
  readonly progress: (what: string, total: number) => Progress;
}

/** Reads every order back and compares it with its invoice, line by line. */
export const lookBack = async ({ cartage, source, plan, progress }: LookingBack): Promise<Kept> => {
  const kept = { orders: 0, lines: 0, units: 0, total: 0, calledOff: 0, captured: 0, refunded: 0 };
  const shipped = new Map<string, number>();
  const differences: string[] = [];
  const shown = progress('orders compared', plan.orders);
  const compare = async (rows: readonly Row[]): Promise<void> => {
    const order = await cartage.order(CHANNEL, rows[0]?.invoice ?? '');
    const { captured, refunded } = await moneyOf(cartage, order);
    kept.orders += 1;
    kept.total += order.totals.total;
    if (order.status === 'cancelled') kept.calledOff += order.totals.total;
    kept.captured += captured;
    kept.refunded += refunded;
    kept.lines += order.lines.length;
    for (const { quantity } of order.lines) kept.units += quantity;
    addShipped(shipped, order);
    const difference = differenceOf(rows, order, endOf(plan, order));
    if (difference !== undefined && differences.length < MOST_TOLD) differences.push(difference);
    shown.advance();
  };
  await inParallel(salesOf(source, plan.scattered), AT_ONCE, compare).finally(() => shown.stop());
  if (kept.orders !== plan.orders) throw new Trouble(`The file changed while it was read.`);
  return { ...kept, shipped, differences };
};
