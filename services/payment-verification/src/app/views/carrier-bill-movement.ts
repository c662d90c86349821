import { derivedId } from '@cartage/eventsourcing';
import { put, type View } from '@cartage/views';
import { journalKinds, type CarrierBillEvent } from '../../domain/carrier-bills/carrier-bill';

/** What did carriers’ invoices do to the books? */
export const carrierBillMovement: View<CarrierBillEvent> = {
  name: 'carrier_bill_movement',
  about:
    'One row for each change of what a carrier bills for a label: as quoted, different and paid, disputed, taxes. Their sum is what is owed to it.',
  columns: {
    movement_id: { type: 'uuid not null', about: 'The entry.' },
    bill_id: { type: 'uuid not null', about: 'The label; of a tracking number that no label has, an id of its own.' },
    order_id: { type: 'uuid', about: 'The order; null: no label has the tracking number.' },
    carrier: { type: 'text not null', about: 'Who bills it.' },
    kind: { type: 'text not null', about: 'carrier-billed (as quoted), carrier-difference (and paid), carrier-disputed, carrier-taxes.' },
    currency: { type: 'text not null', about: 'ISO 4217.' },
    amount: { type: 'bigint not null', about: 'So much more than before; below zero: less. Minor units of `currency`.' },
    moved_at: { type: 'timestamptz not null', about: 'When it was compared, or decided.' },
  },
  key: ['movement_id'],
  indexes: ['(moved_at, movement_id)', '(order_id) where order_id is not null', '(bill_id)'],
  revision: 2,
  on: {
    CarrierBillBooked: ({ id, data: { billId, orderId, carrier, changes, assessedAt } }) =>
      changes.map(({ currency, part, amount }, n) =>
        put({
          ...{ movement_id: derivedId(id, n + 1), bill_id: billId, order_id: orderId ?? null, carrier },
          ...{ kind: journalKinds[part], currency, amount, moved_at: assessedAt },
        }),
      ),
  },
};
