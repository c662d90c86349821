import { put, type View } from '@cartage/views';
import type { PaymentEvent } from '../../domain/events';

/** Which shipments left without money being taken for them: it had been before, or a person takes it. */
export const shipmentPaidBefore: View<PaymentEvent> = {
  name: 'shipment_paid_before',
  about: 'One row for each shipment whose charge was taken before it left, all or a part of it, or is taken by hand.',
  columns: {
    shipment_id: { type: 'uuid not null', about: 'The shipment.' },
    movement_id: { type: 'uuid not null', about: 'The event that recorded its charge.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'What the shipment costs. Minor units of `currency`.' },
    charged_at: { type: 'timestamptz not null', about: 'When it left.' },
  },
  key: ['shipment_id'],
  indexes: ['(charged_at, movement_id)'],
  revision: 1,
  on: {
    ShipmentCharged: ({ id, data: { shipmentId, orderId, currency, amount, cash, captures, chargedAt } }) =>
      captures.reduce((rest, capture) => rest - capture.amount, amount - cash) > 0
        ? put({ shipment_id: shipmentId, movement_id: id, order_id: orderId, currency, amount, charged_at: chargedAt })
        : [],
  },
};
