import { patch, put, type Change, type View } from '@cartage/views';
import { stageOf } from '../../domain/evolve';
import type { OrderEvent } from '../../domain/events';
import type { LineStep, Stage } from '../../domain/lines';
import { orderIdOf } from '../../domain/order';

/** The steps say where each line stands after them: the projector needs no memory. */
const moved = (orderId: string, stage: Stage, steps: readonly LineStep[] = []): readonly Change[] =>
  steps.flatMap(({ lineId, total, status }) =>
    total === undefined ? [] : [patch({ order_id: orderId, line_id: lineId }, { [stage]: total, status })],
  );

/** The first line of each SKU, so that a search by SKU meets every order once. */
const firstOfSku = (lines: readonly { readonly sku: string }[]): readonly boolean[] => {
  const seen = new Set<string>();
  return lines.map(({ sku }) => !seen.has(sku) && seen.add(sku).size > 0);
};

export const orderLine: View<OrderEvent> = {
  name: 'order_line',
  about: 'One row for each line of each order: what was sold at which price, and how many units came how far.',
  revision: 1,
  key: ['order_id', 'line_id'],
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    line_id: { type: 'text not null', about: 'Unique in the order.' },
    line_number: { type: 'integer not null', about: 'Place in the order, from 1.' },
    sku: { type: 'text not null', about: 'What was ordered.' },
    first_of_sku: { type: 'boolean not null', about: 'True on the first line of this SKU in the order: counts orders, not lines.' },
    placed_at: { type: 'timestamptz not null', about: 'When the order was placed.' },
    description: { type: 'text', about: 'As sold.' },
    currency: { type: 'text not null', about: 'ISO 4217 code of the amounts.' },
    unit_price: { type: 'bigint not null', about: 'Of one unit, minor units.' },
    discount_amount: { type: 'bigint not null', about: 'Off the whole line, minor units.' },
    tax_amount: { type: 'bigint not null', about: 'On the whole line, minor units.' },
    total_amount: { type: 'bigint not null', about: 'quantity × unit price − discount + tax, minor units.' },
    final_sale: { type: 'boolean not null', about: 'Sold without the right of return.' },
    attributes: { type: 'jsonb', about: 'Customisation: names and values.' },
    instructions: { type: 'text', about: 'For whoever packs it.' },
    status: {
      type: 'text not null',
      about: 'How far the whole line came: placed, allocated, packed, shipped, delivered, returned, cancelled.',
    },
    quantity: { type: 'bigint not null', about: 'Units ordered.' },
    allocated: { type: 'bigint not null', about: 'Units claimed at a location.' },
    packed: { type: 'bigint not null', about: 'Units packed.' },
    shipped: { type: 'bigint not null', about: 'Units handed over to a carrier.' },
    delivered: { type: 'bigint not null', about: 'Units delivered.' },
    returned: { type: 'bigint not null', about: 'Units that came back.' },
  },
  indexes: ['(sku, placed_at desc, order_id desc) where first_of_sku'],
  on: {
    OrderPlaced: ({ data: { orderId, placedAt, currency, lines } }) => {
      const first = firstOfSku(lines);
      return lines.map((line, i) =>
        put({
          order_id: orderId,
          line_id: line.lineId,
          line_number: i + 1,
          sku: line.sku,
          first_of_sku: first[i],
          placed_at: placedAt,
          description: line.description ?? null,
          currency,
          unit_price: line.unitPrice,
          discount_amount: line.discount,
          tax_amount: line.tax,
          total_amount: line.total,
          final_sale: line.finalSale ?? false,
          attributes: line.attributes ?? null,
          instructions: line.instructions ?? null,
          status: 'placed',
          quantity: line.quantity,
          allocated: 0,
          packed: 0,
          shipped: 0,
          delivered: 0,
          returned: 0,
        }),
      );
    },
    AllocationRecorded: (event) => moved(orderIdOf(event), 'allocated', event.data.steps),
    FulfillmentRejectionRecorded: (event) => moved(orderIdOf(event), 'allocated', event.data.steps),
    ShipmentProgressed: (event) => {
      const stage = stageOf[event.data.milestone];
      return stage ? moved(orderIdOf(event), stage, event.data.steps) : [];
    },
    ReturnProgressed: (event) => (event.data.step === 'received' ? moved(orderIdOf(event), 'returned', event.data.steps) : []),
    OrderCancelled: ({ data: { orderId, lines } }) =>
      lines.map(({ lineId }) => patch({ order_id: orderId, line_id: lineId }, { status: 'cancelled' })),
  },
};
