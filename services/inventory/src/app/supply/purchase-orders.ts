import type { Reason } from '@cartage/contracts';
import type { Deadlines, Meta } from '@cartage/eventsourcing';
import { purchaseOrder, type PurchaseOrderCommand, type ReceivedUnits } from '../../domain/supply/purchasing';
import {
  comingTo,
  outstandingOf,
  statusOf,
  supplyOfPurchaseOrder,
  unknownPurchaseOrder,
  type OrderedLine,
  type PurchaseOrder,
  type PurchaseOrderEvent,
  type PurchaseOrderLine,
} from '../../domain/supply/purchase-order';
import type { Supply } from '../../domain/supply/supply';
import type { DraftingNeeds } from '../drafting';
import { lockingMore, type More } from '../locking';
import { againWhenRaced } from '../racing';
import { carriedOnce, type Carried } from '../requests';
import { bookSupply, type SupplyDocument } from './booking';
import type { SupplyLedger, SupplyTransaction } from './supply-ledger';

/** A line as it is shown: what was ordered, what came of it, and what is still to come. */
export interface ShownPurchaseOrderLine extends Omit<PurchaseOrderLine, 'leftOut'> {
  readonly outstanding: number;
}

export interface ShownPurchaseOrder extends Omit<PurchaseOrder, 'lines'> {
  readonly status: 'open' | 'received' | 'cancelled';
  readonly lines: readonly ShownPurchaseOrderLine[];
}

export interface PurchaseOrdersQuery {
  readonly status?: string | undefined;
  readonly supplier?: string | undefined;
  readonly sku?: string | undefined;
  readonly location?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The reading port. */
export interface PurchaseOrderReading {
  find(purchaseOrder: string): Promise<PurchaseOrder | undefined>;
  /** In the order of their numbers. */
  list(query: PurchaseOrdersQuery): Promise<readonly PurchaseOrder[]>;
}

export interface Ordering {
  readonly purchaseOrder: string;
  readonly supplier?: string | undefined;
  readonly lines: readonly OrderedLine[];
  readonly reason: Reason;
}

export interface SupplyReceipt {
  readonly purchaseOrder: string;
  readonly lines: readonly ReceivedUnits[];
  readonly final: boolean;
  readonly reason: Reason;
  /** Whoever books it works at these locations only. */
  readonly at?: ReadonlySet<string> | undefined;
}

export type CarriedOrder = Carried<ShownPurchaseOrder>;

/** What is ordered from suppliers, and what came of it. */
export interface PurchaseOrders {
  /** The whole order, as it is now. */
  readonly order: (ordering: Ordering, meta: Meta, ifVersion?: number) => Promise<CarriedOrder>;
  /** These lines of it; the others stay as they are. */
  readonly orderLines: (ordering: Ordering, meta: Meta) => Promise<{ readonly changedLines: number }>;
  readonly receive: (receipt: SupplyReceipt, meta: Meta) => Promise<CarriedOrder>;
  readonly close: (
    closing: { readonly purchaseOrder: string; readonly lineIds?: readonly string[] | undefined; readonly reason: Reason },
    meta: Meta,
  ) => Promise<CarriedOrder>;
  /** The day on which lines were expected is over. */
  readonly miss: (missed: { readonly purchaseOrder: string; readonly expectedAt: string }, meta: Meta) => Promise<void>;
  /** With the lines that come to these locations. */
  readonly get: (purchaseOrder: string, at?: ReadonlySet<string>) => Promise<ShownPurchaseOrder>;
  readonly list: (query: PurchaseOrdersQuery) => Promise<readonly ShownPurchaseOrder[]>;
}

export interface PurchaseOrdersNeeds extends DraftingNeeds {
  readonly ledger: SupplyLedger;
  readonly reading: PurchaseOrderReading;
  readonly deadlines: Pick<Deadlines, 'set'>;
  /** How long after its time goods may come before they are overdue. */
  readonly graceMs: number;
  readonly now: () => Date;
}

export const shownOrder = (order: PurchaseOrder): ShownPurchaseOrder => ({
  ...order,
  status: statusOf(order),
  lines: order.lines.map(({ leftOut: _, ...line }) => ({ ...line, outstanding: outstandingOf(line) })),
});

const documentOf = (number: string): SupplyDocument<PurchaseOrderCommand, PurchaseOrder, PurchaseOrderEvent> => ({
  stream: `purchase-${number}`,
  decider: purchaseOrder(number),
  supplyOf: (order) => ({ source: 'purchase-order', reference: number, supply: supplyOfPurchaseOrder(order) }),
  stockOf: (events) =>
    events.flatMap((event) =>
      event.type === 'PurchaseOrderReceived'
        ? event.data.lines.map(({ lineId: _, ...units }) => ({
            type: 'ReceiveStock' as const,
            data: { ...units, reference: number, now: event.data.receivedAt },
          }))
        : [],
    ),
  cameBy: (events, before) =>
    events.flatMap((event) => (event.type === 'PurchaseOrderReceived' ? came(supplyOfPurchaseOrder(before), event.data.lines) : [])),
  write: (transaction, order, now) => transaction.writePurchaseOrder(order, now),
});

/** What comes beyond what was ordered nobody expected. */
const came = (expected: readonly Supply[], lines: readonly { readonly lineId: string; readonly quantity: number }[]): readonly Supply[] => {
  const quantities = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity]));
  return expected.flatMap((each) => {
    const quantity = quantities.get(each.lineId);
    return quantity === undefined ? [] : [{ ...each, units: Math.min(each.units, quantity) }];
  });
};

type Decided = Awaited<ReturnType<typeof bookSupply<PurchaseOrderCommand, PurchaseOrder, PurchaseOrderEvent>>>;

const decide = (
  needs: PurchaseOrdersNeeds,
  transaction: SupplyTransaction,
  command: PurchaseOrderCommand,
  { meta, more }: { readonly meta: Meta; readonly more: More },
): Promise<Decided> => {
  const reason = 'reason' in command.data ? command.data.reason : overdue;
  return bookSupply(needs, transaction, documentOf(command.data.purchaseOrder), { command, meta, now: command.data.now, reason, more });
};

/** A command that is known again by the facts that it led to. */
const decided = (needs: PurchaseOrdersNeeds, command: PurchaseOrderCommand, meta: Meta): Promise<Decided> =>
  againWhenRaced(() =>
    lockingMore((more) => needs.ledger.transaction((transaction) => decide(needs, transaction, command, { meta, more }))),
  );

/** A request, which is answered as the first time. */
const carried = (needs: PurchaseOrdersNeeds, command: PurchaseOrderCommand, meta: Meta): Promise<CarriedOrder> =>
  againWhenRaced(() =>
    lockingMore((more) =>
      needs.ledger.transaction((transaction) =>
        carriedOnce(transaction, meta, async () => {
          const { state, landed } = await decide(needs, transaction, command, { meta, more });
          return { answer: shownOrder(state), landed };
        }),
      ),
    ),
  );

const linesIn = (events: readonly PurchaseOrderEvent[]): number =>
  events.reduce((lines, { data }) => lines + ('lines' in data ? data.lines.length : 0), 0);

export const createPurchaseOrders = (needs: PurchaseOrdersNeeds): PurchaseOrders => {
  const now = (): string => needs.now().toISOString();
  return {
    order: async (ordering, meta, ifRevision) => {
      await watchDates(needs, ordering, meta);
      return carried(needs, { type: 'OrderSupply', data: { ...ordering, whole: true, ifRevision, now: now() } }, meta);
    },
    orderLines: async (ordering, meta) => {
      await watchDates(needs, ordering, meta);
      const { events } = await decided(needs, { type: 'OrderSupply', data: { ...ordering, whole: false, now: now() } }, meta);
      return { changedLines: linesIn(events) };
    },
    receive: (receipt, meta) => carried(needs, { type: 'ReceiveSupply', data: { ...receipt, receiptId: needs.newId(), now: now() } }, meta),
    close: (closing, meta) => carried(needs, { type: 'CloseSupply', data: { ...closing, now: now() } }, meta),
    miss: async (missed, meta) => {
      await decided(needs, { type: 'MissSupply', data: { ...missed, now: now() } }, meta);
    },
    get: async (number, at) => shownOrder(found(number, await needs.reading.find(number), at)),
    list: async (query) => (await needs.reading.list(query)).map(shownOrder),
  };
};

export const SUPPLY_OVERDUE = 'PurchaseOrderOverdue';

/** Set before anything is written: a date that was not ordered in the end misses nobody, and one that was is never forgotten. */
const watchDates = async (
  { deadlines, graceMs }: Pick<PurchaseOrdersNeeds, 'deadlines' | 'graceMs'>,
  { purchaseOrder: number, lines }: Ordering,
  { commandId, correlationId, preview }: Meta,
): Promise<void> => {
  if (preview) return;
  for (const expectedAt of new Set(lines.flatMap((line) => line.expectedAt ?? []))) {
    await deadlines.set({
      id: `purchase-order-${number}-${expectedAt}-${commandId}`,
      stream: `purchase-${number}`,
      name: SUPPLY_OVERDUE,
      dueAt: new Date(Date.parse(expectedAt) + graceMs).toISOString(),
      data: { purchaseOrder: number, expectedAt },
      correlationId,
    });
  }
};

const overdue: Reason = { code: 'supply-overdue', detail: 'The goods did not come in time.', by: 'system' };

const found = (number: string, order: PurchaseOrder | undefined, at: ReadonlySet<string> | undefined): PurchaseOrder => {
  const mine = order && comingTo(order, at);
  if (mine && (!at || mine.lines.length > 0)) return mine;
  throw unknownPurchaseOrder(number);
};
