import type { InventoryEvent as Public } from '@cartage/contracts';
import type { Named, Translation } from '@cartage/eventsourcing';
import type { CostEntry } from './cost-book';

/** What a movement did to what stock is worth, for the books. Stream `valuation-<id of the movement>`: it is told once. */
export type StockValued = Extract<Public, { readonly type: 'StockValued' }>;

export const publishedValues: Translation<StockValued, Public> = { StockValued: ({ type, data }) => ({ type, data }) };

export const valuationStream = (movementId: string): string => `valuation-${movementId}`;

type Fact = Named & { readonly id: string };
type Line = StockValued['data']['lines'][number];

/** A fact for each currency in which the movement changed something; none where nobody knows what the goods cost. */
export const valuationsOf = (fact: Fact, entries: readonly CostEntry[]): readonly StockValued[] => {
  const [first] = entries;
  if (!first) return [];
  const currencies = [...new Set(entries.flatMap(({ amounts }) => Object.keys(amounts)))].toSorted();
  return currencies.map((currency) => valued(fact, first, { currency, lines: entries.flatMap((entry) => lineOf(entry, currency)) }));
};

const lineOf = ({ sku, location, units, amounts }: CostEntry, currency: string): readonly Line[] => {
  const amount = amounts[currency];
  return amount === undefined ? [] : [{ sku, ...(location === '' ? {} : { location }), quantity: units, amount }];
};

const valued = (
  fact: Fact,
  { kind, cause, at }: CostEntry,
  { currency, lines }: Pick<StockValued['data'], 'currency' | 'lines'>,
): StockValued => ({
  type: 'StockValued',
  data: {
    ...{ movementId: fact.id, kind, ...(cause === null ? {} : { cause }), ...orderOf(fact.data), currency },
    ...{ amount: lines.reduce((sum, { amount }) => sum + amount, 0), lines, valuedAt: at },
  },
});

/** Goods leave for an order, and come back of one. */
const orderOf = (data: unknown): Pick<StockValued['data'], 'orderId'> => {
  const orderId: unknown = Reflect.get(Object(data), 'orderId');
  return typeof orderId === 'string' ? { orderId } : {};
};
