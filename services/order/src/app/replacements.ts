import type { LineQuantity, ReturnEvent } from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import { pricesAt } from '../domain/admission';
import { promisesSold } from '../domain/commitments';
import { streamOf } from '../domain/order';
import type { PromiseBook } from '../domain/promising/promise-book';
import { replacementOf, type ReplacementRequest } from '../domain/replacement';
import { exchangeOrderOf } from '../domain/exchange-order';
import type { PlacedOrder, Placing } from '../domain/state';
import type { CatalogueCopy } from './admission';
import type { RecordFact, SendToOrder } from './facts';
import type { ReadOrder } from './reading';

export interface ReplacementNeeds {
  readonly send: SendToOrder;
  readonly read: ReadOrder;
  readonly now: () => Date;
  /** The id that follows from these parts, always the same. */
  readonly idFor: (...parts: readonly string[]) => string;
  /** By what promises are made now. */
  readonly promises: () => Promise<PromiseBook>;
}

/** A decision that goods of an order are to be sent again. */
interface Decided extends Pick<ReplacementRequest, 'because'> {
  readonly orderId: string;
  readonly lines: readonly LineQuantity[];
  /** Absent: it was decided otherwise. */
  readonly replacementOrderId?: string;
}

const placing =
  ({ send, now, promises }: Pick<ReplacementNeeds, 'send' | 'now' | 'promises'>) =>
  async (order: Placing, meta: Meta): Promise<void> => {
    const at = now().toISOString();
    const data = { order, promises: promisesSold(await promises(), order, at), now: at };
    await send(streamOf(order.orderId), { type: 'PlaceOrder', data }, meta);
  };

/** Sends again what is to be sent again; told twice, it is one order. */
export const sendingAgain =
  ({ read, idFor, ...needs }: ReplacementNeeds) =>
  async ({ orderId, because, lines, replacementOrderId }: Decided, meta: Meta): Promise<void> => {
    if (replacementOrderId === undefined) return;
    const { order } = await read(orderId);
    const paymentId = idFor('payment', replacementOrderId, '1');
    await placing(needs)(replacementOf(order, { replacementOrderId, because, paymentId, lines }), meta);
  };

export interface ExchangeNeeds extends ReplacementNeeds {
  readonly catalogue: Pick<CatalogueCopy, 'of'>;
  readonly record: RecordFact;
}

type Requested = DataOf<ReturnEvent, 'ExchangeRequested'>;

/** What the goods that are wanted cost now, as price lists have it. */
const pricesOf = async (
  { placed, sold }: PlacedOrder,
  { lines }: Requested,
  { catalogue, now }: Pick<ExchangeNeeds, 'catalogue' | 'now'>,
) => {
  const skus = new Set(lines.flatMap(({ wanted }) => wanted.map(({ sku }) => sku)));
  const known = new Map((await catalogue.of([...skus], placed)).map((entry) => [entry.sku, entry]));
  return pricesAt({ channel: placed.channel, shipGroups: sold.shipGroups }, known, now().toISOString());
};

/** Places orders of other goods for those that come back, and tells them what these turned out to be worth. */
export const exchanging = ({ read, idFor, catalogue, record, ...needs }: ExchangeNeeds) => ({
  requested: async (exchange: Requested, meta: Meta): Promise<void> => {
    const { order } = await read(exchange.orderId);
    const { replacementOrderId } = exchange;
    const paymentIds = [idFor('payment', replacementOrderId, '1'), idFor('payment', replacementOrderId, '2')] as const;
    const priceOf = await pricesOf(order, exchange, { catalogue, now: needs.now });
    await placing(needs)(exchangeOrderOf(order, { exchange, paymentIds, priceOf }), meta);
  },
  /** It is told of the order whose goods come back; the one that it pays for keeps it, too. */
  settled: async (exchange: DataOf<ReturnEvent, 'ExchangeSettled'>, meta: Meta): Promise<void> => {
    await record({ type: 'ExchangeSettled', data: { ...exchange, orderId: exchange.replacementOrderId } }, meta);
  },
});
