import type { Meta, Send } from '@cartage/eventsourcing';
import type { ShipmentEvent } from '../../domain/events';
import { supplierOrderFacts } from '../../domain/supplier-order-facts';
import type { SupplierOrderEvent } from '../../domain/supplier-orders/events';
import {
  knownSupplierOrder,
  type KnownSupplierOrder,
  type SupplierOrder,
  type SupplierOrderCommand,
  type SupplierOrderStatus,
} from '../../domain/supplier-orders/supplier-order';
import type { ClaimedMessage } from '../partners/partner-message';
import type { HandledShipment, ShipmentLog } from '../shipment-log';
import { planIn } from '../shipments';

export const supplierOrderStream = (supplierOrderId: string): string => `dropship-${supplierOrderId}`;

export type SendSupplierOrder = Send<SupplierOrderCommand, SupplierOrder, SupplierOrderEvent>;

const factsIn = ({ events, current }: HandledShipment): readonly SupplierOrderCommand[] => {
  const plan = 'plan' in current ? current.plan : undefined;
  return plan?.dropship ? events.flatMap((event: ShipmentEvent) => supplierOrderFacts(event, plan)) : [];
};

/**
 * The streams of shipments, with what follows for what is ordered of suppliers: written after the append, so that whoever dies in between is told the same fact again, and
 * writes the same. Of what no supplier sends nothing is asked, and nothing is written.
 */
export const followingSuppliers = (log: ShipmentLog, send: SendSupplierOrder): ShipmentLog => ({
  ...log,
  send: async (shipmentId, command, meta, ifVersion) => {
    const handled = await log.send(shipmentId, command, meta, ifVersion);
    const stream = 'plan' in handled.current && handled.current.plan?.dropship?.supplierOrderId;
    if (!stream) return handled;
    const { fingerprint: _body, ...cause } = meta;
    for (const [i, fact] of factsIn(handled).entries())
      await send(supplierOrderStream(stream), fact, { ...cause, commandId: `${meta.commandId}.supplier.${i}` });
    return handled;
  },
});

export interface SupplierOrdersFilter {
  readonly status?: SupplierOrderStatus | undefined;
  readonly supplier?: string | undefined;
  readonly overdue?: boolean | undefined;
}

export interface SupplierOrdersPage {
  readonly limit: number;
  /** The `drawnUpAt` and `supplierOrderId` of the last one seen. */
  readonly after?: readonly [drawnUpAt: string, supplierOrderId: string];
}

export interface SupplierOrdersNeeds {
  readonly send: SendSupplierOrder;
  readonly read: (supplierOrderId: string) => Promise<SupplierOrder>;
  /** Newest first; overdue at that time. */
  readonly list: (filter: SupplierOrdersFilter, page: SupplierOrdersPage, now: Date) => Promise<readonly string[]>;
  readonly log: Pick<ShipmentLog, 'read'>;
  readonly answerMs: number;
  readonly now: () => Date;
}

/** What is ordered of suppliers that send it themselves. */
export interface SupplierOrders {
  get(supplierOrderId: string): Promise<KnownSupplierOrder>;
  list(filter: SupplierOrdersFilter, page: SupplierOrdersPage): Promise<readonly KnownSupplierOrder[]>;
  /** The supplier has it. */
  told(message: Pick<ClaimedMessage, 'messageId' | 'shipmentId' | 'content' | 'partner'>): Promise<void>;
}

export const createSupplierOrders = (needs: SupplierOrdersNeeds): SupplierOrders => ({
  get: async (supplierOrderId) => knownSupplierOrder(await needs.read(supplierOrderId)),
  list: async (filter, page) => {
    const found = await Promise.all((await needs.list(filter, page, needs.now())).map((id) => needs.read(id)));
    return found.flatMap((order) => (order.status === 'none' ? [] : [order]));
  },
  told: async ({ messageId, shipmentId, content, partner }) => {
    if (content.kind !== 'request') return;
    const dropship = planIn((await needs.log.read(shipmentId)).shipment)?.dropship;
    if (!dropship) return;
    const now = needs.now();
    const data = { answerBy: new Date(now.getTime() + needs.answerMs).toISOString(), now: now.toISOString() };
    const meta: Meta = { commandId: `told:${messageId}`, correlationId: messageId, actor: partner };
    await needs.send(supplierOrderStream(dropship.supplierOrderId), { type: 'RecordSent', data }, meta);
  },
});
