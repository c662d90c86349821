import type { Api } from '../../api/client';
import { bodyOf } from '../../api/client';
import { askedOfAny, releaseOf, type Decision, type Preview, type Sending } from '../../order/asking/asking';

export const bulkKinds = ['cancel', 'hold', 'release'] as const;
export type BulkKind = (typeof bulkKinds)[number];

/** Asks the same of one order of many; answers with what it would do, or did. */
type Ask = (api: Api, orderId: string, decision: Decision, sending: Sending) => Promise<readonly Preview[]>;

/** A preview has effects; what was done has none to show. */
const isPreview = (answer: unknown): answer is Preview => typeof answer === 'object' && answer !== null && 'effect' in answer;
const previewsIn = (answers: readonly unknown[]): readonly Preview[] => answers.filter(isPreview);

/** Every hold of an operator; each is a request of its own, with a key of its own. */
const releaseAll: Ask = async (api, orderId, decision, sending) => {
  const { holds } = await bodyOf(api.GET('/orders/{orderId}', { params: { path: { orderId } } }));
  const answers: unknown[] = [];
  for (const { holdId, type } of holds)
    if (type === 'operator')
      answers.push(await releaseOf(holdId).send(api, orderId, decision, { ...sending, key: `${sending.key}-${holdId}` }));
  return previewsIn(answers);
};

const askOne =
  (kind: 'cancel' | 'hold'): Ask =>
  async (api, orderId, decision, sending) =>
    previewsIn([await askedOfAny[kind].send(api, orderId, decision, sending)]);

export const bulkAsks: Readonly<Record<BulkKind, Ask>> = { cancel: askOne('cancel'), hold: askOne('hold'), release: releaseAll };
export const bulkReasons = (kind: BulkKind): readonly string[] => (kind === 'release' ? [] : askedOfAny[kind].reasons);

/** How one of many ended. */
export interface Ended<Item, Result> {
  readonly item: Item;
  readonly result?: Result;
  readonly fault?: unknown;
}

/** So many at a time: the services have others to serve. */
const AT_ONCE = 4;

/** Does something for each, a few at a time, in their order; the fault of one keeps no other from being done. What has not begun when it is aborted is left out. */
export const eachOf = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  { signal, onEnd }: { readonly signal: AbortSignal; readonly onEnd: (count: number) => void },
): Promise<readonly Ended<Item, Result>[]> => {
  const ended: Ended<Item, Result>[] = [];
  const waiting = items.entries();
  let count = 0;
  const lane = async (): Promise<void> => {
    for (const [at, item] of waiting) {
      if (signal.aborted) return;
      ended[at] = await work(item).then(
        (result) => ({ item, result }),
        (fault: unknown) => ({ item, fault }),
      );
      count += 1;
      onEnd(count);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return ended.filter(() => true);
};

/** Sums by kind and currency: money of different currencies is never added. */
export interface Sums {
  readonly kind: string;
  readonly currency: string;
  readonly amount: number;
}

/** `previews`: each with the currency of its order. */
export const moneyIn = (previews: readonly (readonly [currency: string, Preview])[]): readonly Sums[] => {
  const sums = new Map<string, Sums>();
  for (const [currency, { effect }] of previews)
    for (const each of effect.money) {
      const known = { kind: each.kind, currency: each.currency ?? currency };
      const key = `${known.kind} ${known.currency}`;
      sums.set(key, { ...known, amount: (sums.get(key)?.amount ?? 0) + each.amount });
    }
  return [...sums.values()];
};

/** An order for which something would happen. */
export const wouldChange = ({ result }: Ended<unknown, readonly Preview[]>): boolean =>
  result?.some(({ events }) => events.length > 0) ?? false;
