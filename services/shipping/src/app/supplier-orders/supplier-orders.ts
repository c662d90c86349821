import type { ShippingEvent } from '@cartage/contracts';
import type { Meta, Send } from '@cartage/eventsourcing';
import { supplierOrderFact } from '../../domain/supplier-order-fact';
import type { SupplierOrderEvent } from '../../domain/supplier-orders/events';
import {
  knownSupplierOrder,
  type KnownSupplierOrder,
  type SupplierOrder,
  type SupplierOrderCommand,
  type SupplierOrderStatus,
} from '../../domain/supplier-orders/supplier-order';
import type { ClaimedMessage } from '../partners/partner-message';
import type { ShipmentLog } from '../shipment-log';
import { planIn } from '../shipments';

export const supplierOrderStream = (supplierOrderId: string): string => `dropship-${supplierOrderId}`;

export type SendSupplierOrder = Send<SupplierOrderCommand, SupplierOrder, SupplierOrderEvent>;

/**
 * The streams of shipments; what a supplier is to send is ordered of it behind the append, and before it is told. Whoever dies in between is told the same allocation again,
 * and writes the same. Of what no supplier sends nothing is asked, and nothing is written.
 */
export const drawingUpOrders = (log: ShipmentLog, send: SendSupplierOrder): ShipmentLog => ({
  ...log,
  send: async (shipmentId, command, meta, ifVersion) => {
    const handled = await log.send(shipmentId, command, meta, ifVersion);
    const planned = handled.events.find(({ type }) => type === 'ShipmentPlanned');
    const plan = planned && 'plan' in handled.state ? handled.state.plan : undefined;
    const order = planned && plan && supplierOrderFact(planned, plan);
    const { fingerprint: _body, ...cause } = meta;
    if (order && plan.dropship) await send(supplierOrderStream(plan.dropship.supplierOrderId), order, cause);
    return handled;
  },
});

/** Published facts of a shipment that its supplier may have told. */
export type HeardOfSupplier = Extract<
  ShippingEvent,
  { readonly type: 'ShipmentAccepted' | 'ShipmentRejected' | 'ShipmentPicked' | 'ShipmentDispatched' | 'ShipmentCancelled' }
>;

/** Seen without reading the shipment, which most of them would be read for in vain. */
const isOurOwn = ({ type, data }: HeardOfSupplier): boolean =>
  (type === 'ShipmentDispatched' && data.partner === undefined) || (type === 'ShipmentPicked' && data.short.length === 0);

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
  /** By the published fact: whoever told it may have died behind it, and need not tell it again. */
  hear(fact: HeardOfSupplier, meta: Meta): Promise<void>;
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
  hear: async (fact, meta) => {
    if (isOurOwn(fact)) return;
    const plan = planIn((await needs.log.read(fact.data.shipmentId)).shipment);
    const command = plan?.dropship && supplierOrderFact(fact, plan);
    if (command) await needs.send(supplierOrderStream(plan.dropship.supplierOrderId), command, meta);
  },
});
