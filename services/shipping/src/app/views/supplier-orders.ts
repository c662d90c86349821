import { put, type Change, type View } from '@cartage/views';
import { billableCost, orderedCost, type Cost } from '../../domain/supplier-orders/costs';
import type { SupplierOrderEvent } from '../../domain/supplier-orders/events';
import {
  supplierOrder,
  type KnownSupplierOrder,
  type SupplierOrder,
  type SupplierOrderLine,
} from '../../domain/supplier-orders/supplier-order';

const unitsOf = (lines: readonly SupplierOrderLine[], units: (line: SupplierOrderLine) => number): number =>
  lines.reduce((sum, line) => sum + units(line), 0);

/** Amounts of two currencies are no sum. */
const only = (costs: readonly Cost[]): Cost | undefined => (costs.length === 1 ? costs[0] : undefined);

const datesOf = ({ drawnUpAt, sentAt, answerBy, shipBy }: KnownSupplierOrder) => ({
  ...{ drawn_up_at: drawnUpAt, sent_at: sentAt ?? null, answer_by: answerBy ?? null, ship_by: shipBy ?? null },
});

const costsOf = (lines: readonly SupplierOrderLine[]) => {
  const cost = only(orderedCost(lines.map((line) => ({ ...line, rejected: 0, cancelled: 0 }))));
  if (!cost) return { currency: null, cost: null, billable: null };
  return { currency: cost.currency, cost: cost.amount, billable: only(billableCost(lines))?.amount ?? 0 };
};

const row = (_: unknown, state: () => SupplierOrder): readonly Change[] => {
  const order = state();
  if (order.status === 'none') return [];
  const { lines, supplierOrderId, number, supplier, location, orderId, status } = order;
  return [
    put({
      ...{ supplier_order_id: supplierOrderId, number, supplier, location, order_id: orderId, status },
      ...{ unit_count: unitsOf(lines, ({ quantity }) => quantity), shipped_count: unitsOf(lines, ({ shipped }) => shipped) },
      ...{ ...costsOf(lines), ...datesOf(order) },
    }),
  ];
};

export const supplierOrderSummary: View<SupplierOrderEvent, SupplierOrder> = {
  name: 'supplier_order',
  about: 'What is ordered of suppliers that send it to the customer themselves, and what they may bill.',
  key: ['supplier_order_id'],
  revision: 1,
  fold: supplierOrder,
  columns: {
    supplier_order_id: { type: 'uuid not null', about: 'The order of ours.' },
    number: { type: 'text not null', about: 'What the supplier knows it by, and bills by.' },
    supplier: { type: 'text not null', about: 'The partner.' },
    location: { type: 'text not null', about: 'Code of the location that stands for its goods.' },
    order_id: { type: 'uuid not null', about: 'The customer’s order.' },
    status: { type: 'text not null', about: 'waiting, sent, accepted, partly-shipped, shipped, rejected or cancelled.' },
    unit_count: { type: 'bigint not null', about: 'Units that were ordered.' },
    shipped_count: { type: 'bigint not null', about: 'Units that it has shipped.' },
    currency: { type: 'text', about: 'ISO 4217; null where it has told no price, or prices in several currencies.' },
    cost: { type: 'bigint', about: 'What was ordered costs, minor units, as far as its prices are known.' },
    billable: { type: 'bigint', about: 'What it has shipped costs, minor units, as far as its prices are known.' },
    drawn_up_at: { type: 'timestamptz not null', about: 'When it was drawn up.' },
    sent_at: { type: 'timestamptz', about: 'Since when the supplier has it.' },
    answer_by: { type: 'timestamptz', about: 'It is to accept or to reject until then.' },
    ship_by: { type: 'timestamptz', about: 'When it says that it leaves; until it says so, when it is to.' },
  },
  indexes: [
    '(drawn_up_at desc, supplier_order_id desc)',
    '(supplier, drawn_up_at desc, supplier_order_id desc)',
    '(status, drawn_up_at desc, supplier_order_id desc)',
    "(supplier, answer_by) where status = 'sent'",
    "(supplier, ship_by) where status in ('sent', 'accepted', 'partly-shipped')",
  ],
  on: {
    SupplierOrderDrawnUp: row,
    SupplierOrderSent: row,
    SupplierOrderAccepted: row,
    SupplierOrderRejected: row,
    SupplierOrderShipped: row,
    SupplierOrderCancelled: row,
  },
};
