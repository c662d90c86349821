import type { ShortLine } from '@cartage/contracts';
import { wanted } from '../domain/lines';
import type { Occasion } from '../domain/rules';
import type { PlacedOrder } from '../domain/state';
import { actionsOf, type Action } from './actions';
import { shownCancellation, type ShownCancellation } from './cancellations';
import { shownOrder, type OpenAction, type ShownOrder } from './order-shown';
import type { ReadOrder } from './reading';
import { returnsHeard, type HeardReturn } from './returns-heard';
import { timelineOf, type TimelineEntry } from './timeline';

/** Where the units of a line are. */
export interface LineStock {
  readonly lineId: string;
  readonly sku: string;
  /** Units that are still to ship, or have. */
  readonly wanted: number;
  readonly reserved: number;
  /** What stock could not promise when it was last asked. */
  readonly short?: Pick<ShortLine, 'requested' | 'available'>;
  readonly allocated: readonly { readonly location: string; readonly fulfillmentId: string; readonly quantity: number }[];
}

/** All that a person needs who answers for an order: how it stands, what happened last, and what can be done now. */
export interface OrderDesk {
  readonly order: ShownOrder;
  readonly stock: readonly LineStock[];
  readonly returns: readonly HeardReturn[];
  readonly cancellations: readonly ShownCancellation[];
  /** Newest first. */
  readonly latest: readonly TimelineEntry[];
  readonly actions: readonly Action[];
}

export type ShowDesk = (orderId: string) => Promise<OrderDesk>;

const LATEST = 20;

const allocatedOf = ({ fulfillments }: PlacedOrder, lineId: string): LineStock['allocated'] =>
  [...fulfillments.values()].flatMap(({ fulfillmentId, location, lines }) =>
    lines.filter((line) => line.lineId === lineId).map(({ quantity }) => ({ location, fulfillmentId, quantity })),
  );

const stockOf = (order: PlacedOrder): readonly LineStock[] =>
  order.sold.lines.flatMap(({ lineId, sku }) => {
    const line = order.progress.get(lineId);
    if (!line) return [];
    const short = line.reserved < wanted(line) ? order.short.get(lineId) : undefined;
    const { requested = 0, available = 0 } = short ?? {};
    return [
      {
        ...{ lineId, sku, wanted: wanted(line), reserved: line.reserved, allocated: allocatedOf(order, lineId) },
        ...(short ? { short: { requested, available } } : {}),
      },
    ];
  });

export interface DeskReadingNeeds {
  readonly read: ReadOrder;
  readonly occasion: () => Occasion;
  readonly openAction: OpenAction;
}

/** One call for customer service, from what the order has heard: no other service has to be up. */
export const showingDesk =
  ({ read, occasion, openAction }: DeskReadingNeeds): ShowDesk =>
  async (orderId) => {
    const found = await read(orderId);
    const { order, events } = found;
    return {
      order: await shownOrder(found, openAction),
      stock: stockOf(order),
      returns: returnsHeard(events),
      cancellations: [...order.cancellations.values()].map((each) => shownCancellation(order, each)),
      latest: timelineOf(found).slice(-LATEST).toReversed(),
      actions: actionsOf(order, occasion()),
    };
  };
