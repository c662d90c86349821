import { ownValue } from '@cartage/contracts';
import { deciding, evolving, type DataOf, type Decider, type Named } from '@cartage/eventsourcing';

/** What a movement of goods did to what stock is worth, in one currency; below zero when value left. */
export interface StockValue {
  /** The movement, as inventory knows it. */
  readonly movementId: string;
  /** How the goods came or went, in inventory’s words. */
  readonly kind: string;
  readonly cause?: string;
  readonly orderId?: string;
  readonly currency: string;
  readonly amount: number;
  readonly valuedAt: string;
}

/** It stands in the books. Private: whoever wants to know heard it of inventory. */
export type StockValueEvent = Named<'StockValueBooked', StockValue & { readonly bookedAt: string }>;
export type StockValueCommand = Named<'BookStockValue', StockValue & { readonly now: string }>;

/** What was booked already: a movement changes the value in each currency once. */
export type BookedValues = ReadonlySet<string>;

const nameOf = ({ movementId, currency }: StockValue): string => `${movementId} ${currency}`;

/** Nothing of value moved: such as goods that were sent to another location. */
const book = ({ now, ...value }: DataOf<StockValueCommand, 'BookStockValue'>, booked: BookedValues): readonly StockValueEvent[] =>
  value.amount === 0 || booked.has(nameOf(value)) ? [] : [{ type: 'StockValueBooked', data: { ...value, bookedAt: now } }];

/** The value of goods in the books: of an order together, else by movement. */
export const stockValue: Decider<StockValueCommand, BookedValues, StockValueEvent> = {
  initial: new Set(),
  evolve: evolving<BookedValues, StockValueEvent>({ StockValueBooked: (booked, value) => new Set([...booked, nameOf(value)]) }),
  decide: deciding<StockValueCommand, BookedValues, StockValueEvent>({ BookStockValue: book }),
};

export const stockValueStream = ({ movementId, orderId }: Pick<StockValue, 'movementId' | 'orderId'>): string =>
  orderId === undefined ? `stockvalue-${movementId}` : goodsOfOrder(orderId);

export const goodsOfOrder = (orderId: string): string => `stockvalue-${orderId}`;

const entries: Readonly<Record<string, string>> = {
  received: 'stock-received',
  sold: 'stock-sold',
  returned: 'stock-returned',
  adjusted: 'stock-adjusted',
  lost: 'stock-lost',
  disposed: 'stock-disposed',
  transferred: 'stock-revalued',
  revalued: 'stock-revalued',
};

const SENT_BACK = 'stock-sent-back';
export const stockKinds: readonly string[] = [...new Set(Object.values(entries)), SENT_BACK];

/** As what the journal has it. A kind that nobody knows yet is a correction of stock. */
export const journalKindOf = ({ kind, cause }: Pick<StockValue, 'kind' | 'cause'>): string => {
  if (kind === 'disposed' && cause === 'sent-to-supplier') return SENT_BACK;
  return ownValue(entries, kind) ?? 'stock-adjusted';
};
