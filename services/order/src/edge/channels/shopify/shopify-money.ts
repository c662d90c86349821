import { shareOfUnits, sharesOf } from '@cartage/contracts';
import type { PlacementTax } from '../../../domain/placement';
import type { Fields, JsonReading } from '../json-reading';

type Discounts = readonly { readonly code?: string; readonly amount: number }[];

/** Taxes and discounts that an order has as a whole are cut into shares of lines where lines have none of their own, as in the older shape. */
export interface LineMoney {
  readonly unitPrice: number;
  readonly discounts: Discounts;
  readonly taxLines: readonly PlacementTax[];
}

/** Money of one order: what the customer was asked for, in the customer's currency where the message has it, else in the shop's. */
export class ShopifyMoney {
  readonly currency: string;
  private readonly isPresented: boolean;

  constructor(
    private readonly reading: JsonReading,
    private readonly order: Fields,
  ) {
    const presentment = reading.optionalText(order, 'presentment_currency');
    this.isPresented = presentment !== undefined && reading.part(order, 'total_price_set') !== undefined;
    this.currency = this.isPresented && presentment !== undefined ? presentment : reading.text(order, 'currency', '');
  }

  /** `price` with its `price_set`, where there is one. */
  amount(from: Fields, name: string, at: string): number {
    const set = this.isPresented ? this.reading.part(from, `${name}_set`) : undefined;
    const money = set && this.reading.part(set, 'presentment_money');
    return this.reading.amount(money ? money['amount'] : from[name], this.currency, `${at}${name}`);
  }

  taxLines(from: Fields, at: string): readonly PlacementTax[] {
    return this.reading.list(from, 'tax_lines').map((line, i) => {
      const rate = this.reading.number(line, 'rate');
      const percent = rate === undefined ? {} : { rate: Math.round(rate * 1e8) / 1e6 };
      const name = this.reading.optionalText(line, 'title') ?? 'Tax';
      return { name, ...percent, amount: this.amount(line, 'price', `${at}tax_lines[${i}].`) };
    });
  }

  /** What was taken off a line or a delivery, by the code or the name of each discount. */
  discounts(from: Fields, at: string): Discounts {
    const applications = this.reading.list(this.order, 'discount_applications');
    return this.reading.list(from, 'discount_allocations').map((allocation, i) => {
      const application = applications[Number(allocation['discount_application_index'])] ?? {};
      const code = this.reading.optionalText(application, 'code') ?? this.reading.optionalText(application, 'title');
      return { ...(code === undefined ? {} : { code }), amount: this.amount(allocation, 'amount', `${at}discount_allocations[${i}].`) };
    });
  }

  /** Of each line, for the units that are still sold. */
  ofLines(lines: readonly Fields[], sold: readonly number[]): readonly LineMoney[] {
    const told = lines.map((line, i) => this.ofLine(line, { units: sold[i] ?? 0, at: `line_items[${i}].` }));
    return this.withTaxes(this.withDiscounts(told, sold), sold);
  }

  private ofLine(line: Fields, { units, at }: { readonly units: number; readonly at: string }): LineMoney {
    const of = this.reading.units(line, 'quantity', at);
    const share = <Part extends { readonly amount: number }>(part: Part): Part =>
      units === of ? part : { ...part, amount: shareOfUnits(part.amount, { before: 0, units, of }) };
    return {
      unitPrice: this.amount(line, 'price', at),
      discounts: this.discounts(line, at).map(share).filter(isSomething),
      taxLines: this.taxLines(line, at).map(share),
    };
  }

  private withDiscounts(lines: readonly LineMoney[], sold: readonly number[]): readonly LineMoney[] {
    const all = this.amount(this.order, 'total_discounts', '');
    if (all === 0 || this.isTold('discount_allocations')) return lines;
    const [first] = this.reading.list(this.order, 'discount_codes');
    const code = first && this.reading.optionalText(first, 'code');
    const shares = sharesOf(
      all,
      lines.map(({ unitPrice }, i) => unitPrice * (sold[i] ?? 0)),
    );
    return lines.map((line, i) => ({
      ...line,
      discounts: [{ ...(code === undefined ? {} : { code }), amount: shares[i] ?? 0 }].filter(isSomething),
    }));
  }

  private withTaxes(lines: readonly LineMoney[], sold: readonly number[]): readonly LineMoney[] {
    if (this.isTold('tax_lines')) return lines;
    const weights = lines.map(({ unitPrice, discounts }, i) =>
      Math.max(0, unitPrice * (sold[i] ?? 0) - discounts.reduce((sum, { amount }) => sum + amount, 0)),
    );
    const shared = this.taxLines(this.order, '').map((tax) => ({ tax, shares: sharesOf(tax.amount, weights) }));
    return lines.map((line, i) => ({
      ...line,
      taxLines: shared.map(({ tax, shares }) => ({ ...tax, amount: shares[i] ?? 0 })).filter(isSomething),
    }));
  }

  /** Whether lines or deliveries say it of themselves. */
  private isTold(name: string): boolean {
    const parts = ['line_items', 'shipping_lines'].flatMap((list) => this.reading.list(this.order, list));
    return parts.some((part) => this.reading.list(part, name).length > 0);
  }
}

const isSomething = ({ amount }: { readonly amount: number }): boolean => amount !== 0;
