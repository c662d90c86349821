import { skusOf } from '../domain/kit';
import type { Supplying } from './backorders';
import type { QueueQuery } from './ledger';
import type { Cause } from './drafting';

/** Lines of a SKU that are looked at together. */
export const PAGE = 200;

type Places = readonly Omit<QueueQuery, 'units'>[];

const serving = ({ book }: Supplying, places: Places): readonly QueueQuery[] =>
  places.map((place) => ({ ...place, units: book.promisable(place.sku) })).filter(({ units }) => units > 0);

export const offerTo = ({ orders, newId }: Supplying, orderId: string, cause: Cause): void =>
  orders.do({ type: 'OfferStock', data: { orderId, reservationId: newId(), now: cause.now } }, cause);

const offerQueued = async (needs: Supplying, skus: readonly string[], cause: Cause): Promise<void> => {
  let queries = serving(
    needs,
    skus.map((sku) => ({ sku, after: '0' })),
  );
  while (queries.length > 0) {
    const waiting = await needs.transaction.queue(queries, PAGE);
    await needs.orders.openAll(waiting.map(({ orderId }) => orderId));
    for (const { orderId } of waiting) offerTo(needs, orderId, cause);
    const last = new Map(waiting.map(({ sku, arrival }) => [sku, arrival]));
    const full = queries.filter(({ sku }) => waiting.filter((line) => line.sku === sku).length === PAGE);
    queries = serving(
      needs,
      full.map(({ sku, after }) => ({ sku, after: last.get(sku) ?? after })),
    );
  }
};

/** Those who began to wait within this transaction stand in no table yet, behind all others. */
const offerOpen = (needs: Supplying, skus: ReadonlySet<string>, cause: Cause): void => {
  for (const { orderId, state } of needs.orders.all())
    if ([...state.lines.values()].some((line) => line.waiting > 0 && skusOf([line]).some((sku) => skus.has(sku))))
      offerTo(needs, orderId, cause);
};

/** Offers what there is of these SKUs to all who wait for them. */
export const offerAll = async (needs: Supplying, skus: readonly string[], cause: Cause): Promise<void> => {
  await offerQueued(needs, skus, cause);
  offerOpen(needs, new Set(skus), cause);
};

/** Offers what can be promised now, and could not before, to those who wait: first in, first out among those that it is enough for. */
export const offerRisen = async (needs: Supplying, cause: Cause): Promise<void> => {
  for (let risen = needs.book.risen(); risen.length > 0; risen = needs.book.risen()) await offerAll(needs, risen, cause);
};
