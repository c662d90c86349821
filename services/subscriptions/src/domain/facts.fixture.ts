import { Topics, type Envelope, type Topic } from '@cartage/contracts';

const nth = (kind: number, n: number): string => `0199a3c4-7b1e-7c3d-9f2a-${String(kind)}${String(n).padStart(11, '0')}`;

export const orderNamed = (n: number): string => nth(1, n);

export interface FactTerms {
  readonly n: number;
  readonly type: string;
  readonly topic?: Topic;
  readonly order?: number;
  readonly channel?: string;
  readonly subject?: string;
  readonly sequence?: number;
}

/** A public fact, the n-th of its kind. */
export const factOf = ({ n, type, topic = Topics.order, order, channel, subject, sequence = n }: FactTerms): Envelope => {
  const about = subject ?? (order === undefined ? `item/${n}` : orderNamed(order));
  const data = { ...(order === undefined ? {} : { orderId: orderNamed(order) }), ...(channel === undefined ? {} : { channel }) };
  return {
    ...{ id: nth(2, n), type, version: 1, topic, source: '/cartage/sample', subject: about, key: about, sequence },
    time: new Date(Date.UTC(2026, 10, 28, 9, 0, n)).toISOString(),
    correlationId: 'c',
    replay: false,
    data,
  };
};

/** Of each of so many orders five facts on two topics, and beside them what belongs to none. */
export const storyOf = (orders: number): readonly Envelope[] =>
  Array.from({ length: orders }, (_, order) => {
    const of = (n: number) => ({ n: order * 10 + n, order });
    return [
      factOf({ ...of(1), type: 'OrderPlaced', channel: order % 2 === 0 ? 'web' : 'market', sequence: 1 }),
      factOf({ ...of(2), type: 'StockReserved', topic: Topics.inventory, sequence: 1 }),
      factOf({ ...of(3), type: 'OrderConfirmed', sequence: 2 }),
      factOf({ ...of(4), type: 'StockIssued', topic: Topics.inventory, sequence: 2 }),
      factOf({ ...of(5), type: 'OrderCompleted', sequence: 3 }),
      factOf({ n: order * 10 + 6, type: 'ItemChanged', topic: Topics.inventory, sequence: 1 }),
    ];
  }).flat();

export const groupedBy = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};
