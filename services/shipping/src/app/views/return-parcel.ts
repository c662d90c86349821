import { patch, put, type View } from '@cartage/views';
import type { WayBackEvent } from '../../domain/way-back/events';

export const returnParcel: View<WayBackEvent> = {
  name: 'return_parcel',
  about: 'The parcel of each label for the way back: carriers’ invoices are compared with it.',
  key: ['label_id'],
  revision: 2,
  columns: {
    label_id: { type: 'uuid not null', about: 'The label.' },
    return_id: { type: 'uuid not null', about: 'The return.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    carrier: { type: 'text not null', about: 'Name of the carrier.' },
    service: { type: 'text not null', about: 'The carrier’s service.' },
    weight_grams: { type: 'bigint not null', about: 'As it was asked for, in grams.' },
    policy: { type: 'text', about: 'The version of the carrier policy that its carrier was chosen by; empty where nobody said it.' },
    requested_at: { type: 'timestamptz not null', about: 'When its carrier was asked for it.' },
    tracking_number: { type: 'text', about: 'The carrier’s number of the parcel; empty until it was bought.' },
    currency: { type: 'text', about: 'Of the cost, ISO 4217.' },
    cost: { type: 'bigint', about: 'What the label was sold for, minor units.' },
    purchased_at: { type: 'timestamptz', about: 'When it was bought.' },
    unused: { type: 'boolean not null', about: 'Whether it was voided.' },
  },
  indexes: ['(tracking_number)'],
  on: {
    ReturnLabelRequested: ({ data: { labelId, returnId, orderId, carrier, service, policy, weightGrams, requestedAt } }) =>
      put({
        ...{ label_id: labelId, return_id: returnId, order_id: orderId, carrier, service, policy: policy ?? null },
        ...{ weight_grams: weightGrams, requested_at: requestedAt, unused: false },
      }),
    ReturnLabelPurchased: ({ data: { labelId, trackingNumber, service, currency, cost, purchasedAt } }) =>
      patch({ label_id: labelId }, { tracking_number: trackingNumber, service, currency, cost, purchased_at: purchasedAt }),
    ReturnLabelVoided: ({ data: { labelId } }) => patch({ label_id: labelId }, { unused: true }),
  },
};
