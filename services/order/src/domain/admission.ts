import { priceFor, type OrderLine, type PriceTerms } from '@cartage/contracts';
import type { FieldError } from '@cartage/eventsourcing';
import type { Placing } from './state';

/** What becomes of an order whose SKU or price is not as the catalogue has it: taken as it is, refused, or kept aside for a person to mend. */
export const admissionPolicies = ['accept', 'refuse', 'park'] as const;
export type AdmissionPolicy = (typeof admissionPolicies)[number];

/** What a list asks for a SKU, and in which version it does. */
export type ListedPrice = PriceTerms & { readonly revision: number; readonly unitPrice: number };

/** What an order remembers of a list: `friday-2026@2`. */
export const listVersion = ({ list, revision }: Pick<ListedPrice, 'list' | 'revision'>): string => `${list}@${revision}`;

/** What the catalogue has of a SKU. */
export interface CatalogueEntry {
  readonly sku: string;
  /** Absent: there is no such item. */
  readonly status?: string;
  /** What lists of the order's currency ask for it. */
  readonly prices: readonly ListedPrice[];
}

export type KnownCatalogue = ReadonlyMap<string, CatalogueEntry>;

/** By how much the price of a channel may differ from that of the list, percent. */
export interface Tolerance {
  readonly percent: number;
}

/** When prices are compared, and how closely. */
export interface Comparing {
  readonly at: string;
  readonly tolerance: Tolerance;
}

type Sold = Pick<Placing, 'channel' | 'lines' | 'shipGroups'>;
type Placed = Pick<OrderLine, 'sku' | 'shipGroupId'>;

/** What the nearest list asks for a line where and when it is sold; nothing where none has it. */
export const pricesAt = ({ channel, shipGroups }: Omit<Sold, 'lines'>, catalogue: KnownCatalogue, at: string) => {
  const countryOf = new Map(shipGroups.map(({ shipGroupId, destination }) => [shipGroupId, destination?.country]));
  return ({ sku, shipGroupId }: Placed): ListedPrice | undefined =>
    priceFor(catalogue.get(sku)?.prices ?? [], { channel, country: countryOf.get(shipGroupId), at });
};

/** Which list, in which version, a unit price is from; nothing where it is from none. */
export type ListOf = (line: Placed & Pick<OrderLine, 'unitPrice'>) => string | undefined;

export const listsAt = (sold: Omit<Sold, 'lines'>, catalogue: KnownCatalogue, { at, tolerance }: Comparing): ListOf => {
  const priceOf = pricesAt(sold, catalogue, at);
  return (line) => {
    const price = priceOf(line);
    return price && isNear(line.unitPrice, price.unitPrice, tolerance) ? listVersion(price) : undefined;
  };
};

export interface Admitted {
  /** Those whose price is that of a list say of which. */
  readonly lines: readonly OrderLine[];
  readonly faults: readonly FieldError[];
}

/** Compares an order with the catalogue. A SKU without a price where it is sold may be sold at any. */
export const admitted = (sold: Sold, catalogue: KnownCatalogue, { at, tolerance }: Comparing): Admitted => {
  const priceOf = pricesAt(sold, catalogue, at);
  const looked = sold.lines.map((line, i) => {
    const entry = catalogue.get(line.sku);
    return look(line, `lines[${i}]`, { entry, price: entry && priceOf(line), tolerance });
  });
  return { lines: looked.map(({ line }) => line), faults: looked.flatMap(({ fault }) => fault ?? []) };
};

interface Known {
  readonly entry: CatalogueEntry | undefined;
  readonly price: ListedPrice | undefined;
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
  if (isNear(line.unitPrice, price.unitPrice, tolerance)) return { line: { ...line, priceList: listVersion(price) } };
  return fault('unitPrice', 'PRICE_MISMATCH', `is ${line.unitPrice}, and price list ${price.list} has ${price.unitPrice}`);
};

const isNear = (told: number, listed: number, { percent }: Tolerance): boolean => Math.abs(told - listed) * 100 <= percent * listed;
