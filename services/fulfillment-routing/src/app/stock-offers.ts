import type { Meta } from '@cartage/eventsourcing';
import type { BrokeringEvent } from '../domain/events';
import { unitsBySku } from '@cartage/contracts';
import { withoutTaken, type TakenUnits } from '../domain/taken-units';
import type { Arrival, WaitingOrder } from './network';
import { inVain, type SendingNeeds, type SendToOrder } from './sending';
import { evidenceOfWaits } from './stock-waits';

/** So many are looked up together. */
const PAGE = 20;
/** So many orders are asked while whoever told of it waits; the others have their turn right after. */
const AT_ONCE = 100;

/** Offers what has arrived to those that wait for it. */
export type OfferStock = (arrivals: readonly Arrival[], meta: Meta, after?: WaitingOrder) => Promise<void>;

/**
 * Who waits longest is asked first, and whoever finds enough takes it; what they take is not offered to the next, though nobody has taken it off its shelf yet. It ends
 * when what is left is too little for anybody. Inventory, which allocates, is the referee between two who offer the same units.
 */
export const offering = (needs: SendingNeeds, send: SendToOrder): OfferStock => {
  const offer = offeringTo(needs, send);
  return async (arrivals, meta, begin) => {
    if (arrivals.length === 0) return;
    const skus = [...new Set(arrivals.map(({ sku }) => sku))];
    const offered: Offered = { at: [...new Set(arrivals.map(({ location }) => location))], taken: [], orders: new Set() };
    let after = begin;
    do {
      const page = await needs.network.waiting({ skus, taken: offered.taken, after, limit: PAGE });
      for (const { orderId } of page) if (!offered.orders.has(orderId)) await offer(orderId, offered, meta);
      after = page.length === PAGE ? page.at(-1) : undefined;
    } while (after && offered.orders.size < AT_ONCE);
    if (after) await goOn(needs, { arrivals, after }, meta);
  };
};

/** Of what there is more, and who was asked last. */
export interface StockLeft {
  readonly arrivals: readonly Arrival[];
  readonly after: WaitingOrder;
}

interface Offered {
  readonly at: readonly string[];
  readonly taken: TakenUnits[];
  readonly orders: Set<string>;
}

/** A wait like any other, that is over at once: whoever dies in between is overtaken. */
const goOn = ({ deadlines, now }: SendingNeeds, data: StockLeft, { commandId }: Meta): Promise<void> =>
  deadlines.set({
    ...{ id: `${commandId}.StockLeft`, stream: 'stock', name: 'StockLeft', dueAt: now().toISOString() },
    data,
  });

const offeringTo =
  (needs: SendingNeeds, send: SendToOrder) =>
  async (orderId: string, { at, taken, orders }: Offered, meta: Meta): Promise<void> => {
    orders.add(orderId);
    const { state } = await needs.read(orderId);
    if (!state) return;
    const evidence = new Map([...(await evidenceOfWaits(needs, state))].map(([id, known]) => [id, withoutTaken(known, taken)]));
    const command = { type: 'HearStock' as const, data: { evidence, arrivedAt: at } };
    const handled = await inVain(send(orderId, command, { ...meta, commandId: `${meta.commandId}.${orderId}` }));
    taken.push(...takenBy(handled?.events ?? []));
  };

const takenBy = (events: readonly BrokeringEvent[]): readonly TakenUnits[] =>
  events.flatMap((event) => {
    if (event.type !== 'FulfillmentBrokered') return [];
    const { location, lines } = event.data;
    return [...unitsBySku(lines)].map(([sku, units]) => ({ sku, location, units }));
  });
