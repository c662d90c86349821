import { put, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';

/** What condition did returned units come back in, where, and what were they refunded? One row for each inspection. */
export const returnItem: View<ReturnEvent> = {
  name: 'return_item',
  about: 'What condition did returned units come back in, and what was refunded for them? One row for each inspection of a line.',
  revision: 1,
  key: ['event_id'],
  columns: {
    event_id: { type: 'uuid not null', about: 'The inspection.' },
    return_id: { type: 'uuid not null', about: 'The RMA.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    line_id: { type: 'text not null', about: 'Line of the order.' },
    sku: { type: 'text not null', about: 'What was returned.' },
    quantity: { type: 'bigint not null', about: 'Units inspected.' },
    location: { type: 'text not null', about: 'Where they were inspected.' },
    grade: { type: 'text not null', about: 'A (as new), B, C or scrap.' },
    disposition: { type: 'text not null', about: 'What becomes of them: restock, refurbish, quarantine, liquidate, destroy or missing.' },
    refund: { type: 'bigint not null', about: 'Owed to the customer for these units, minor units.' },
    currency: { type: 'text not null', about: 'ISO 4217 code of refund.' },
    graded_at: { type: 'timestamptz not null', about: 'When.' },
  },
  indexes: ['(return_id)', '(sku, graded_at desc)'],
  on: {
    ItemGraded: ({ id, data }) =>
      put({
        event_id: id,
        return_id: data.returnId,
        order_id: data.orderId,
        line_id: data.lineId,
        sku: data.sku,
        quantity: data.quantity,
        location: data.location,
        grade: data.grade,
        disposition: data.disposition,
        refund: data.refund,
        currency: data.currency,
        graded_at: data.gradedAt,
      }),
  },
};
