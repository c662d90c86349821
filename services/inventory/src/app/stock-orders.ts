import { unitsBySku, type Cost, type LineQuantity, type Reason } from '@cartage/contracts';
import type { StockCommand, WriteOff } from '../domain/adjusting';
import type { Carried } from './requests';

export interface Receipt {
  readonly location: string;
  readonly reference?: string;
  /** `cost`: of all units of the line together. */
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly cost?: Cost | undefined }[];
}

export interface Adjustment {
  readonly location: string;
  readonly sku: string;
  /** Change of what is on hand; below zero for a loss. */
  readonly quantity: number;
  /** Of an open vocabulary: `count`, `damage`, `loss`, `found`, `drift`. */
  readonly cause: string;
  readonly detail?: string;
  readonly reference?: string;
}

/** What a location says that it does not have: `minus`, these units are not there; `zero`, nothing of these goods is. */
export interface WrittenOff {
  readonly location: string;
  readonly lines: readonly Pick<LineQuantity, 'sku' | 'parts' | 'quantity'>[];
  readonly stockEffect: 'minus' | 'zero';
  /** When it said so, and why. */
  readonly detail: string;
  readonly fulfillmentId: string;
}

/** What becomes of goods that are not fit to be sold. */
export interface Disposal {
  readonly location: string;
  readonly sku: string;
  readonly quantity: number;
  /** Of an open vocabulary: `refurbished` (to be sold again), `liquidated`, `destroyed`. */
  readonly outcome: string;
  readonly reason: Reason;
  readonly proceeds?: { readonly amount: number; readonly currency: string } | undefined;
}

/** What a request did to the stock. */
export type Booked = Carried<{ readonly location: string; readonly skus: number; readonly units: number }>;

/** What is to be booked together, or not at all. */
export interface StockOrder {
  readonly commands: readonly (StockCommand | WriteOff)[];
  readonly answer: Booked['answer'];
  /** A location that is not there is a fault of the path, or of the body. */
  readonly missing: 'unknown' | 'invalid';
}

/** One fact for each SKU, however many lines of the delivery note name it; those that cost money of another currency, or of which nobody says it, are facts of their own. */
export const receipt = ({ location, reference, lines }: Receipt, now: string): StockOrder => {
  const said = reference === undefined ? { location, now } : { location, reference, now };
  const units = unitsBySku(lines);
  return {
    commands: [...byCurrency(lines).values()].map((data) => ({ type: 'ReceiveStock', data: { ...said, ...data } })),
    answer: { location, skus: units.size, units: [...units.values()].reduce((sum, each) => sum + each, 0) },
    missing: 'invalid',
  };
};

interface ReceivedUnits {
  readonly sku: string;
  readonly quantity: number;
  readonly cost?: Cost;
}

const nothing = { quantity: 0, cost: { amount: 0 } };

const byCurrency = (lines: Receipt['lines']): ReadonlyMap<string, ReceivedUnits> => {
  const received = new Map<string, ReceivedUnits>();
  for (const { sku, cost, ...line } of lines) {
    const key = JSON.stringify([sku, cost?.currency]);
    const before = { ...nothing, ...received.get(key) };
    const quantity = before.quantity + line.quantity;
    const sum = cost && { amount: before.cost.amount + cost.amount, currency: cost.currency };
    received.set(key, { sku, quantity, ...(sum ? { cost: sum } : {}) });
  }
  return received;
};

export const writeOff = ({ location, lines, stockEffect, detail, fulfillmentId: reference }: WrittenOff, now: string): StockOrder => {
  const units = unitsBySku(lines);
  const said = { location, detail, reference, now };
  return {
    commands: [...units].map(([sku, quantity]) => ({
      type: 'WriteOffStock',
      data: { ...said, sku, quantity: stockEffect === 'zero' ? 'all' : quantity },
    })),
    answer: { location, skus: units.size, units: -[...units.values()].reduce((sum, each) => sum + each, 0) },
    missing: 'unknown',
  };
};

export const disposal = ({ proceeds, ...units }: Disposal, disposalId: string, now: string): StockOrder => ({
  commands: [{ type: 'DisposeStock', data: { ...units, ...(proceeds ? { proceeds } : {}), disposalId, now } }],
  answer: { location: units.location, skus: 1, units: units.quantity },
  missing: 'invalid',
});
