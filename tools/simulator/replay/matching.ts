import type { Row } from './file';
import { lineMoney } from './money';

/** Units of a line of an earlier sale that came back. */
export interface Match {
  readonly invoice: string;
  readonly lineId: string;
  readonly quantity: number;
  /** What was paid for them, pence. */
  readonly paid: number;
}

interface Purchase {
  readonly row: Row;
  readonly total: number;
  left: number;
}

const keyOf = ({ customer, sku }: Row): string => `${customer}|${sku}`;
const isSamePrice = (a: string, b: string): boolean => Number(a) === Number(b);

/** What of a line's total these units stand for; all parts of a line together are exactly its total. */
const paidFor = ({ row, total, left }: Purchase, quantity: number): number => {
  const upTo = (units: number): bigint => (BigInt(total) * BigInt(units)) / BigInt(row.quantity);
  const before = row.quantity - left;
  return Number(upTo(before + quantity) - upTo(before));
};

/**
 * What customers bought and did not bring back. A credited line takes units of the same customer and SKU, oldest purchase first, those of
 * the credited price before others. Only purchases of `wanted` keys (`customer|sku`) are remembered, for there are many more that never come back.
 */
export class Purchases {
  private readonly kept = new Map<string, Purchase[]>();

  constructor(private readonly wanted: ReadonlySet<string>) {}

  static keyOf = keyOf;

  bought(row: Row): void {
    const key = keyOf(row);
    if (!this.wanted.has(key)) return;
    const purchase = { row, total: lineMoney(row.quantity, row.price), left: row.quantity };
    const before = this.kept.get(key);
    if (before) before.push(purchase);
    else this.kept.set(key, [purchase]);
  }

  broughtBack(credit: Row): readonly Match[] {
    const purchases = this.kept.get(keyOf(credit)) ?? [];
    const same = purchases.filter(({ row }) => isSamePrice(row.price, credit.price));
    const others = purchases.filter(({ row }) => !isSamePrice(row.price, credit.price));
    return this.take([...same, ...others], -credit.quantity);
  }

  private take(purchases: readonly Purchase[], units: number): readonly Match[] {
    let wanted = units;
    return purchases.flatMap((purchase) => {
      const quantity = Math.min(wanted, purchase.left);
      if (quantity === 0) return [];
      const { invoice, lineId } = purchase.row;
      const match = { invoice, lineId, quantity, paid: paidFor(purchase, quantity) };
      purchase.left -= quantity;
      wanted -= quantity;
      return [match];
    });
  }
}
