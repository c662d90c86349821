import { priceFor, type OrderLine, type PriceTerms } from '@cartage/contracts';
import type { FieldError } from '@cartage/eventsourcing';
import type { Placing } from './state';

/** What becomes of an order whose SKU or price is not as the catalogue has it: taken as it is, refused, or kept aside for a person to mend. */
export const admissionPolicies = ['accept', 'refuse', 'park'] as const;
export type AdmissionPolicy = (typeof admissionPolicies)[number];

/** What the catalogue has of a SKU. */
export interface CatalogueEntry {
  readonly sku: string;
  /** Absent: there is no such item. */
  readonly status?: string;
  /** What lists of the order's currency ask for it. */
  readonly prices: readonly (PriceTerms & { readonly unitPrice: number })[];
}

/** By how much the price of a channel may differ from that of the list, percent. */
export interface Tolerance {
  readonly percent: number;
}

type Sold = Pick<Placing, 'channel' | 'lines' | 'shipGroups'>;

export interface Admitted {
  /** Those whose price is that of a list say of which. */
  readonly lines: readonly OrderLine[];
  readonly faults: readonly FieldError[];
}

/** Compares an order with the catalogue. A SKU without a price where it is sold may be sold at any. */
export const admitted = (
  { channel, lines, shipGroups }: Sold,
  catalogue: ReadonlyMap<string, CatalogueEntry>,
  { at, tolerance }: { readonly at: string; readonly tolerance: Tolerance },
): Admitted => {
  const countryOf = new Map(shipGroups.map(({ shipGroupId, destination }) => [shipGroupId, destination?.country]));
  const looked = lines.map((line, i) => {
    const entry = catalogue.get(line.sku);
    const wanted = { channel, country: countryOf.get(line.shipGroupId), at };
    return look(line, `lines[${i}]`, { entry, price: entry && priceFor(entry.prices, wanted), tolerance });
  });
  return { lines: looked.map(({ line }) => line), faults: looked.flatMap(({ fault }) => fault ?? []) };
};

interface Known {
  readonly entry: CatalogueEntry | undefined;
  readonly price: { readonly list: string; readonly unitPrice: number } | undefined;
  readonly tolerance: Tolerance;
}

const look = (
  line: OrderLine,
  at: string,
  { entry, price, tolerance }: Known,
): { readonly line: OrderLine; readonly fault?: FieldError } => {
  const fault = (field: string, code: string, message: string) => ({ line, fault: { field: `${at}.${field}`, code, message } });
  if (entry?.status === undefined) return fault('sku', 'SKU_UNKNOWN', 'names no item: describe it, or send the order with another');
  if (entry.status === 'blocked') return fault('sku', 'SKU_BLOCKED', 'names an item that is not to be sold');
  if (price === undefined) return { line };
  if (isNear(line.unitPrice, price.unitPrice, tolerance)) return { line: { ...line, priceList: price.list } };
  return fault('unitPrice', 'PRICE_MISMATCH', `is ${line.unitPrice}, and price list ${price.list} has ${price.unitPrice}`);
};

const isNear = (told: number, listed: number, { percent }: Tolerance): boolean => Math.abs(told - listed) * 100 <= percent * listed;
