import {
  areToFollow,
  TO_FOLLOW,
  Topics,
  type FulfillmentEvent,
  type LineQuantity,
  type OrderEvent,
  type ReturnEvent,
  type ShippingEvent,
} from '@cartage/contracts';
import type { DataOf, Meta } from '@cartage/eventsourcing';
import type { AnyListener, Listener } from '@cartage/messaging';
import { idFor } from '@cartage/service-kit';
import type { Reservations } from '../app/reservations';
import type { Statements } from '../app/statements/statements';
import type { Stocks } from '../app/stock';

type EditedLine = DataOf<OrderEvent, 'OrderEdited'>['lines'][number];

const taken = ({ quantity, ...line }: LineQuantity): LineQuantity => ({ ...line, quantity: -quantity });

/** What an edit changes of a line's units; prices and places are no business of the stock. */
const changesOf = ({ lineId, before, after }: EditedLine): readonly LineQuantity[] => {
  const sku = (after ?? before)?.sku;
  const quantity = unitsOf(after) - unitsOf(before);
  return sku === undefined || quantity === 0 ? [] : [{ lineId, sku, quantity }];
};

const unitsOf = (line: EditedLine['after']): number => line?.quantity ?? 0;

/** What can be asked of the catalogue. */
export interface CountedItems {
  /** Of these SKUs, those whose units are counted though they are delivered digitally. */
  counted(skus: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Where SKUs stand at locations, as the warehouse says. */
export interface BinRegister {
  /** What was said later stands. */
  assign(location: string, bins: readonly { readonly sku: string; readonly bin?: string }[], at: string): Promise<void>;
}

type Placed = DataOf<OrderEvent, 'OrderPlaced'>;

/** Of what is delivered digitally nothing stands on shelves, unless its item says that it is counted: such as licence keys. */
const demanded = async ({ lines, shipGroups }: Placed, items: CountedItems): Promise<readonly LineQuantity[]> => {
  const groups = new Set(shipGroups.flatMap(({ method, shipGroupId }) => (method === 'digital' ? [shipGroupId] : [])));
  const digital = groups.size === 0 ? [] : lines.filter(({ shipGroupId }) => groups.has(shipGroupId));
  if (digital.length === 0) return lines;
  const counted = await items.counted(digital.map(({ sku }) => sku));
  const uncounted = new Set(digital.filter(({ sku }) => !counted.has(sku)));
  return lines.map((line) => (uncounted.has(line) ? { ...line, parts: [] } : line));
};

const orders = (reservations: Reservations, items: CountedItems): Listener<OrderEvent> => ({
  group: 'inventory.order',
  topic: Topics.order,
  on: {
    OrderPlaced: async (order, meta) => {
      const { orderId, channel, reservationId: cart } = order;
      const lines = await demanded(order, items);
      await reservations.reserve({ orderId, channel, lines, ...(cart === undefined ? {} : { cart }) }, meta);
    },
    HandoverRequested: ({ orderId, handoverId, location, lines }, meta) =>
      reservations.handOver({ orderId, handoverId, lines, ...(location === undefined ? {} : { location }) }, meta),
    OrderEdited: ({ orderId, lines, reason }, meta) => reservations.change({ orderId, lines: lines.flatMap(changesOf), reason }, meta),
    LineCancelled: ({ orderId, lines, reason, undelivered }, meta) =>
      reservations.change({ orderId, lines: lines.map(taken), reason, ...(undelivered ? { undelivered: true } : {}) }, meta),
    ShortageResolved: async ({ orderId, lines, choice }, meta) => {
      if (choice === 'split') await reservations.split({ orderId, lineIds: lines.map(({ lineId }) => lineId) }, meta);
    },
    OrderCancelled: ({ orderId, reason }, meta) => reservations.end({ orderId, reason }, meta),
  },
});

/** Its claim is a claim on the network again first: then what is not there is lost, and whoever ordered last loses it. */
const rejected =
  (reservations: Reservations, stocks: Pick<Stocks, 'writeOff'>) =>
  async (
    { orderId, fulfillmentId, location, reason, stockEffect, ...data }: DataOf<FulfillmentEvent, 'FulfillmentRejected'>,
    meta: Meta,
  ) => {
    await reservations.releaseAllocation({ orderId, fulfillmentId, reason }, meta);
    if (stockEffect !== 'minus' && stockEffect !== 'zero') return;
    const detail = `Rejected: ${reason.code}.`;
    const lost = { location, lines: data.apart?.lines ?? data.lines, stockEffect, detail, fulfillmentId } as const;
    await stocks.writeOff(lost, { ...meta, commandId: `written-off:${fulfillmentId}` });
  };

const shortPicked = { code: 'short-picked', detail: 'The units were not there when they were picked.', by: 'operator' };

const toFollow = { code: TO_FOLLOW, detail: 'They leave the same place later.', by: 'provider' };

/** As above: the claim on what was not there goes back to the network, then that is lost. */
const pickedShort =
  (reservations: Reservations, stocks: Pick<Stocks, 'writeOff'>) =>
  async ({ orderId, fulfillmentId, location, lines, short }: DataOf<FulfillmentEvent, 'FulfillmentPickedShort'>, meta: Meta) => {
    const reason = areToFollow(short) ? toFollow : shortPicked;
    await reservations.releaseAllocation({ orderId, fulfillmentId, keeping: lines, reason }, meta);
    const missing = short.flatMap((line) => line.missing);
    if (missing.length === 0) return;
    const why = [...new Set(short.map(({ reason }) => reason.code))].join(', ');
    const lost = { location, lines: missing, stockEffect: 'minus', detail: `Short pick: ${why}.`, fulfillmentId } as const;
    await stocks.writeOff(lost, { ...meta, commandId: `written-off:${meta.commandId}` });
  };

const declinedThere = { code: 'declined-at-counter', detail: 'It was refused at the counter.', by: 'customer' };

const fulfillments = (reservations: Reservations, stocks: Pick<Stocks, 'writeOff'>): Listener<FulfillmentEvent> => ({
  group: 'inventory.fulfillment',
  topic: Topics.fulfillment,
  on: {
    FulfillmentBrokered: ({ orderId, fulfillmentId, location, lines }, meta) =>
      reservations.allocate({ orderId, fulfillmentId, location, lines }, meta),
    FulfillmentRejected: rejected(reservations, stocks),
    FulfillmentPickedShort: pickedShort(reservations, stocks),
    // What was refused at the counter is on its shelf: only the claim on it ends.
    HandedOver: async ({ orderId, fulfillmentId, lines, declined }, meta) => {
      if (declined.length > 0)
        await reservations.releaseAllocation({ orderId, fulfillmentId, keeping: lines, reason: declinedThere }, meta);
    },
    FulfillmentCancelled: async ({ orderId, fulfillmentId, reason }, meta) => {
      if (fulfillmentId !== undefined) await reservations.releaseAllocation({ orderId, fulfillmentId, reason }, meta);
    },
  },
});

/** What others believe to have, bit by bit. */
type StatementTaking = Pick<Statements, 'begin' | 'add' | 'finish'>;

type Restocked = Parameters<Reservations['restock']>[0];

/** So many share a transaction: alone, each would read all that became of the order; all at once would fill what waits for the database. */
const TOGETHER = 100;

/** What came back undelivered, by line of the receipt; and what nobody had sent. */
const unitsBack = ({
  orderId,
  shipmentId,
  receiptId,
  dock: location,
  lines,
  others,
}: DataOf<ShippingEvent, 'RtoReceived'>): readonly Restocked[] =>
  [...lines.map(({ lineId, sku, quantity, disposition }) => ({ lineId, sku, quantity, disposition })), ...others].map((unit, n) => ({
    ...unit,
    ...{ orderId, shipmentId, location, gradingId: idFor('rto-unit', receiptId, String(n)) },
  }));

/** What a partner counts comes in parts, one after the other: with the last of them it is compared, and not before. Of kits nothing is on shelves. */
const stated =
  (statements: StatementTaking) =>
  async ({ partner, location, asOf, whole, lines, part, parts }: DataOf<ShippingEvent, 'StockStated'>, meta: Meta): Promise<void> => {
    const head = { source: partner, location, asOf, whole };
    const statementId = await statements.begin(head);
    await statements.add(
      { statementId, ...head },
      lines.map(({ sku, onHand }) => ({ sku, quantity: onHand })),
    );
    if (part === parts) await statements.finish(statementId, meta);
  };

const shipments = (reservations: Reservations, bins: BinRegister, statements: StatementTaking): Listener<ShippingEvent> => ({
  group: 'inventory.shipping',
  topic: Topics.shipping,
  on: {
    StockStated: stated(statements),
    BinsAssigned: ({ location, bins: told, assignedAt }) => bins.assign(location, told, assignedAt),
    ShipmentDispatched: ({ orderId, fulfillmentId, shipmentId, lines }, meta) =>
      reservations.issue({ orderId, fulfillmentId, shipmentId, lines }, meta),
    RtoReceived: async (receipt, meta) => {
      const units = [...unitsBack(receipt).entries()];
      for (let from = 0; from < units.length; from += TOGETHER)
        await Promise.all(
          units
            .slice(from, from + TOGETHER)
            .map(([n, unit]) => reservations.restock(unit, { ...meta, commandId: `${meta.commandId}.${n}` })),
        );
    },
  },
});

const returned = (reservations: Reservations): Listener<ReturnEvent> => ({
  group: 'inventory.returns',
  topic: Topics.returns,
  on: {
    ItemGraded: ({ orderId, returnId, gradingId, lineId, sku, quantity, location, disposition }, meta) =>
      reservations.restock(
        { orderId, returnId, ...(lineId === undefined ? {} : { lineId }), sku, quantity, location, disposition, gradingId },
        meta,
      ),
  },
});

export interface ListenerNeeds {
  readonly stocks: Pick<Stocks, 'writeOff'>;
  readonly items: CountedItems;
  readonly bins: BinRegister;
  readonly statements: StatementTaking;
}

export const listenersOf = (reservations: Reservations, { stocks, items, bins, statements }: ListenerNeeds): readonly AnyListener[] => [
  orders(reservations, items),
  fulfillments(reservations, stocks),
  shipments(reservations, bins, statements),
  returned(reservations),
];
