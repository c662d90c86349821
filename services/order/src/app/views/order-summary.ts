import { patch, put, type View } from '@cartage/views';
import type { OrderEvent, OrderStatus } from '../../domain/events';
import { orderIdOf } from '../../domain/order';

const moved = (orderId: string, status: OrderStatus | undefined) => (status === undefined ? [] : patch({ order_id: orderId }, { status }));
/** Each filter of the list, and channel with status, leads an index that is already in the list's order. */
const newestFirst = 'placed_at desc, order_id desc';

export const orderSummary: View<OrderEvent> = {
  name: 'order_summary',
  about: 'One row for each order of every channel: who sold it, what it is worth, where it stands.',
  revision: 1,
  key: ['order_id'],
  columns: {
    order_id: { type: 'uuid not null', about: 'The order.' },
    channel: { type: 'text not null', about: 'Where it was sold: web, pos, a marketplace.' },
    external_order_id: { type: 'text', about: 'The channel’s own number.' },
    customer_id: { type: 'text', about: 'Null for a guest.' },
    status: {
      type: 'text not null',
      about: 'placed, confirmed, in-fulfillment, partially-shipped, shipped, completed, on-hold or cancelled.',
    },
    hold: { type: 'text', about: 'Why it stands still: stock-short, payment-review, unfillable, operator. Null when it does not.' },
    placed_at: { type: 'timestamptz not null', about: 'When the customer placed it, by the channel’s clock.' },
    currency: { type: 'text not null', about: 'ISO 4217 code of the amounts.' },
    goods_amount: { type: 'bigint not null', about: 'Sum of quantity times unit price, minor units.' },
    discount_amount: { type: 'bigint not null', about: 'Sum of discounts, minor units.' },
    shipping_amount: { type: 'bigint not null', about: 'Charged for delivery without tax, minor units.' },
    tax_amount: { type: 'bigint not null', about: 'Sum of taxes, minor units.' },
    total_amount: { type: 'bigint not null', about: 'goods − discount + shipping + tax, minor units.' },
    line_count: { type: 'integer not null', about: 'Number of lines.' },
    unit_count: { type: 'bigint not null', about: 'Units over all lines.' },
    payment_method: { type: 'text not null', about: 'card, upi, net-banking, wallet, bank-transfer, cod or prepaid.' },
    priority: { type: 'text not null', about: 'standard or expedited.' },
    country: { type: 'text not null', about: 'Destination, ISO 3166-1 alpha-2.' },
    postal_area: { type: 'text', about: 'Destination: the part of the postal code that names no household.' },
    confirmed_at: { type: 'timestamptz', about: 'When stock and payment were both there.' },
    completed_at: { type: 'timestamptz', about: 'When everything had been delivered.' },
    cancelled_at: { type: 'timestamptz', about: 'When it was cancelled.' },
    cancel_reason: { type: 'text', about: 'payment-declined, verification-rejected, customer, operator or out-of-stock.' },
  },
  indexes: [
    `(${newestFirst})`,
    `(status, ${newestFirst})`,
    `(channel, ${newestFirst})`,
    `(channel, status, ${newestFirst})`,
    `(customer_id, ${newestFirst}) where customer_id is not null`,
  ],
  on: {
    OrderPlaced: ({ data: { lines, totals, destination, ...placed } }) =>
      put({
        order_id: placed.orderId,
        channel: placed.channel,
        external_order_id: placed.externalOrderId ?? null,
        customer_id: placed.customerId ?? null,
        status: 'placed',
        hold: null,
        placed_at: placed.placedAt,
        currency: placed.currency,
        goods_amount: totals.goods,
        discount_amount: totals.discount,
        shipping_amount: totals.shipping,
        tax_amount: totals.tax,
        total_amount: totals.total,
        line_count: lines.length,
        unit_count: lines.reduce((units, { quantity }) => units + quantity, 0),
        payment_method: placed.payment.method,
        priority: placed.priority,
        country: destination.country,
        postal_area: destination.postalArea ?? null,
        confirmed_at: null,
        completed_at: null,
        cancelled_at: null,
        cancel_reason: null,
      }),
    OrderConfirmed: ({ data: { orderId, status, confirmedAt } }) => patch({ order_id: orderId }, { status, confirmed_at: confirmedAt }),
    HoldApplied: ({ data: { orderId, hold } }) => patch({ order_id: orderId }, { status: 'on-hold', hold }),
    HoldReleased: ({ data: { orderId, status, remaining } }) => patch({ order_id: orderId }, { status, hold: remaining[0] ?? null }),
    FulfillmentRecorded: (event) => moved(orderIdOf(event), event.data.status),
    FulfillmentRejectionRecorded: (event) => moved(orderIdOf(event), event.data.status),
    AllocationRecorded: (event) => moved(orderIdOf(event), event.data.status),
    AllocationRefusalRecorded: (event) => moved(orderIdOf(event), event.data.status),
    ShipmentProgressed: (event) => moved(orderIdOf(event), event.data.status),
    OrderCancelled: ({ data: { orderId, reason, cancelledAt } }) =>
      patch({ order_id: orderId }, { status: 'cancelled', hold: null, cancelled_at: cancelledAt, cancel_reason: reason }),
    OrderCompleted: ({ data: { orderId, completedAt } }) =>
      patch({ order_id: orderId }, { status: 'completed', hold: null, completed_at: completedAt }),
  },
};
