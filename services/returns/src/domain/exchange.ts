import type { DataOf } from '@cartage/eventsourcing';
import type { ReturnEvent } from './events';
import { itemKey, type ReturnLine } from './return-line';

/** Goods that a customer wants in place of others. */
export interface WantedGoods {
  readonly sku: string;
  readonly quantity: number;
  /** As it was said to the customer, minor units; absent: as price lists have it. */
  readonly unitPrice?: number | undefined;
}

export type ExchangeOutcome = 'credited' | 'lapsed';

/** Goods that come back, and the order that brings others for them. */
export interface Exchange {
  readonly exchangeId: string;
  readonly returnId: string;
  readonly replacementOrderId: string;
  /** The other goods do not wait. */
  readonly advance: boolean;
  readonly requestedAt: string;
  readonly settleBy: string;
  readonly lines: DataOf<ReturnEvent, 'ExchangeRequested'>['lines'];
  /** What comes back for them if they are as was said. */
  readonly credit: number;
  readonly currency: string;
  /** What was paid into it, or is about to be. */
  readonly refunds: ReadonlySet<string>;
  readonly isOverdue: boolean;
  readonly settled?: { readonly amount: number; readonly outcome: ExchangeOutcome; readonly at: string };
}

export type Exchanges = ReadonlyMap<string, Exchange>;

export const exchangeStatuses = ['waiting', 'overdue', 'settled', 'short', 'lapsed'] as const;
export type ExchangeStatus = (typeof exchangeStatuses)[number];

/** `short`: it was reckoned with more than came back; the customer owes the rest, or a person lets it pass. */
export const exchangeStatus = ({ settled, credit, advance, isOverdue }: Exchange): ExchangeStatus => {
  if (!settled) return isOverdue ? 'overdue' : 'waiting';
  if (settled.outcome === 'lapsed' && !advance) return 'lapsed';
  return settled.amount < credit ? 'short' : 'settled';
};

type Of<Type extends ReturnEvent['type']> = DataOf<ReturnEvent, Type>;

const changed = (exchanges: Exchanges, exchangeId: string, change: (exchange: Exchange) => Exchange): Exchanges => {
  const exchange = exchanges.get(exchangeId);
  return exchange ? new Map(exchanges).set(exchangeId, change(exchange)) : exchanges;
};

export const exchangeRequested = (exchanges: Exchanges, { orderId: _, ...exchange }: Of<'ExchangeRequested'>): Exchanges =>
  new Map(exchanges).set(exchange.exchangeId, { ...exchange, refunds: new Set(), isOverdue: false });

export const exchangeCredited = (exchanges: Exchanges, { exchange, refundId }: Of<'RefundDue'>): Exchanges =>
  exchange
    ? changed(exchanges, exchange.exchangeId, (before) => ({ ...before, refunds: new Set([...before.refunds, refundId]) }))
    : exchanges;

export const exchangeSettled = (exchanges: Exchanges, { exchangeId, amount, outcome, settledAt: at }: Of<'ExchangeSettled'>): Exchanges =>
  changed(exchanges, exchangeId, (exchange) => ({ ...exchange, settled: { amount, outcome: outcome as ExchangeOutcome, at } }));

export const exchangeOverdue = (exchanges: Exchanges, { exchangeId }: Of<'ExchangeOverdue'>): Exchanges =>
  changed(exchanges, exchangeId, (exchange) => ({ ...exchange, isOverdue: true }));

/** The exchange that units of a return are for, if they are for one. */
export const exchangeOf = (exchanges: Exchanges, returnId: string, line: Pick<ReturnLine, 'lineId' | 'sku'>): Exchange | undefined => {
  for (const exchange of exchanges.values())
    if (exchange.returnId === returnId && exchange.lines.some((each) => itemKey(each) === itemKey(line))) return exchange;
  return undefined;
};
