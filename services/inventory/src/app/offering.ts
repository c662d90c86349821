import { skusOf } from '../domain/kit';
import { cellsToSettle } from '../domain/settling';
import type { MovedOrder, Supplying } from './backorders';
import type { QueueQuery } from './ledger';
import type { Cause } from './drafting';

/** Lines of a SKU that are looked at together. */
export const PAGE = 200;

type Places = readonly Omit<QueueQuery, 'units'>[];

const serving = ({ book }: Supplying, places: Places): readonly QueueQuery[] =>
  places.map((place) => ({ ...place, units: book.promisable(place.sku) })).filter(({ units }) => units > 0);

/** An order is offered all that it waits for at once, so that it is asked once, however many of its lines wait. */
export const offerEach = ({ orders, book, newId }: Supplying, orderIds: readonly string[], cause: Cause): void => {
  const states = orderIds.flatMap((orderId) => orders.get(orderId)?.state ?? []);
  book.require(cellsToSettle(states, book));
  for (const orderId of orderIds) orders.do({ type: 'OfferStock', data: { orderId, reservationId: newId(), now: cause.now } }, cause);
};

const offerQueued = async (needs: Supplying, skus: readonly string[], cause: Cause): Promise<void> => {
  let queries = serving(
    needs,
    skus.map((sku) => ({ sku, after: '0' })),
  );
  while (queries.length > 0) {
    const waiting = await needs.transaction.queue(queries, PAGE);
    const orderIds = [...new Set(waiting.map(({ orderId }) => orderId))];
    await needs.orders.openAll(orderIds);
    offerEach(needs, orderIds, cause);
    const last = new Map(waiting.map(({ sku, arrival }) => [sku, arrival]));
    const looked = new Map<string, number>();
    for (const { sku } of waiting) looked.set(sku, (looked.get(sku) ?? 0) + 1);
    const full = queries.filter(({ sku }) => looked.get(sku) === PAGE);
    queries = serving(
      needs,
      full.map(({ sku, after }) => ({ sku, after: last.get(sku) ?? after })),
    );
  }
};

/** Those who began to wait within this transaction stand in no table yet, behind all others. */
const offerOpen = (needs: Supplying, skus: ReadonlySet<string>, cause: Cause): void => {
  const waits = ({ state }: MovedOrder): boolean =>
    [...state.lines.values()].some((line) => line.waiting > 0 && skusOf([line]).some((sku) => skus.has(sku)));
  const open = needs.orders.all().filter(waits);
  offerEach(
    needs,
    open.map(({ orderId }) => orderId),
    cause,
  );
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
