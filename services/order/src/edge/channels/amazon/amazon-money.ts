import { shareOfUnits } from '@cartage/contracts';
import type { PlacementLine, PlacementShipping } from '../../../domain/placement';
import type { Fields, JsonReading } from '../json-reading';

/** What of an item is sold still, of how many that were ordered. */
export interface UnitsOfItem {
  readonly ordered: number;
  readonly sold: number;
}

/** What the seller receives for an item, by Amazon's categories; minor units. */
export interface ItemMoney {
  readonly price: number;
  readonly discount: number;
  readonly delivery: number;
  readonly tax: number;
  readonly deliveryTax: number;
}

/** What is a price of the goods, and what is one of bringing them. Another category of an item is one of its price, too. */
const ofDelivery: ReadonlySet<string> = new Set(['SHIPPING', 'COD_FEE']);

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

/** The money of an order as the Orders API of 2026-01-01 writes it: `proceeds` of the order and of each item, in categories. */
export class AmazonMoney {
  readonly currency: string;

  constructor(
    private readonly reading: JsonReading,
    private readonly order: Fields,
  ) {
    this.currency = this.currencyIn();
  }

  ofItem(item: Fields, at: string): ItemMoney {
    const parts = this.reading.list(this.reading.part(item, 'proceeds') ?? {}, 'breakdowns');
    const amounts = parts.map((part, i) => ({ type: this.typeOf(part), amount: this.subtotal(part, `${at}proceeds.breakdowns[${i}].`) }));
    const of = (is: (type: string) => boolean): number => sum(amounts.filter(({ type }) => is(type)).map(({ amount }) => amount));
    const taxes = of((type) => type === 'TAX');
    const deliveryTax = this.deliveryTax(parts, at);
    return {
      price: of((type) => type !== 'TAX' && type !== 'DISCOUNT' && !ofDelivery.has(type)),
      discount: Math.abs(of((type) => type === 'DISCOUNT')),
      delivery: of((type) => ofDelivery.has(type)),
      ...{ tax: taxes - deliveryTax, deliveryTax },
    };
  }

  /** Categories that stand with the order and with no item, such as a tip for whoever brings it. */
  beyondItems(items: readonly Fields[]): number {
    const known = new Set(
      items.flatMap((item) => this.reading.list(this.reading.part(item, 'proceeds') ?? {}, 'breakdowns')).map((part) => this.typeOf(part)),
    );
    const more = this.reading
      .list(this.reading.part(this.order, 'proceeds') ?? {}, 'breakdowns')
      .filter((part) => !known.has(this.typeOf(part)));
    return sum(more.map((part) => this.subtotal(part, 'proceeds.breakdowns.')));
  }

  total(): number | undefined {
    const total = this.reading.part(this.reading.part(this.order, 'proceeds') ?? {}, 'grandTotal');
    return total && this.amount(total, 'proceeds.grandTotal.amount');
  }

  private deliveryTax(parts: readonly Fields[], at: string): number {
    const details = parts
      .filter((part) => this.typeOf(part) === 'TAX')
      .flatMap((part) => this.reading.list(part, 'detailedBreakdowns'))
      .filter((part) => ofDelivery.has(this.reading.optionalText(part, 'subtype') ?? ''));
    return sum(details.map((part) => this.amount(this.reading.part(part, 'value') ?? {}, `${at}proceeds.breakdowns.detailedBreakdowns`)));
  }

  private typeOf(part: Fields): string {
    return this.reading.optionalText(part, 'type') ?? '';
  }

  private subtotal(part: Fields, at: string): number {
    return this.amount(this.reading.part(part, 'subtotal') ?? {}, `${at}subtotal.amount`);
  }

  private amount(money: Fields, field: string): number {
    return this.reading.amount(money['amount'], this.currency, field);
  }

  private currencyIn(): string {
    const { reading, order } = this;
    const ofOrder = reading.part(reading.part(order, 'proceeds') ?? {}, 'grandTotal');
    const ofItems = reading.list(order, 'orderItems').map((item) => reading.part(reading.part(item, 'proceeds') ?? {}, 'proceedsTotal'));
    return [ofOrder, ...ofItems].flatMap((money) => reading.optionalText(money ?? {}, 'currencyCode') ?? []).at(0) ?? '';
  }
}

/** Of the units that are sold still. The category is of all units of the item: a price that does not divide is written as a higher one with a discount. */
export const lineMoney = (
  { price, discount, tax }: ItemMoney,
  { ordered, sold }: UnitsOfItem,
): Pick<PlacementLine, 'unitPrice' | 'discounts' | 'tax'> => {
  const unitPrice = ordered > 0 ? Math.ceil(price / ordered) : 0;
  const shareOf = (amount: number): number => (ordered > 0 ? shareOfUnits(amount, { before: 0, units: sold, of: ordered }) : 0);
  const parts = [
    { code: 'promotion', amount: shareOf(discount) },
    { code: 'rounding', amount: shareOf(unitPrice * ordered - price) },
  ].filter(({ amount }) => amount > 0);
  return { unitPrice, ...(parts.length > 0 ? { discounts: parts } : {}), tax: shareOf(tax) };
};

export const deliveryMoney = (items: readonly ItemMoney[], beyond: number): Pick<PlacementShipping, 'amount' | 'tax'> => ({
  amount: sum(items.map(({ delivery }) => delivery)) + beyond,
  tax: sum(items.map(({ deliveryTax }) => deliveryTax)),
});

/** Whether taxes come on top: what the seller receives is told, and adds up to the total in one way or the other. */
export const isTaxIncluded = (items: readonly ItemMoney[], beyond: number, total: number | undefined): boolean => {
  const net = sum(items.map(({ price, discount, delivery }) => price - discount + delivery)) + beyond;
  const taxes = sum(items.map(({ tax, deliveryTax }) => tax + deliveryTax));
  return taxes > 0 && total === net;
};
