import { put, type View } from '@cartage/views';
import type { ReturnEvent } from '../../domain/events';

/** What condition did returned units come back in, and where? One row for each inspection. */
export const returnItem: View<ReturnEvent> = {
  name: 'return_item',
  about: 'What condition did returned units come back in, and where? One row for each inspection of a line.',
  revision: 3,
  key: ['grading_id'],
  columns: {
    grading_id: { type: 'uuid not null', about: 'The inspection.' },
    return_id: { type: 'uuid not null', about: 'The RMA.' },
    receipt_id: { type: 'uuid not null', about: 'The receipt that the units came with.' },
    order_id: { type: 'uuid not null', about: 'The order.' },
    line_id: { type: 'text', about: 'Line of the order; null: it has no such line.' },
    sku: { type: 'text not null', about: 'What was returned.' },
    quantity: { type: 'bigint not null', about: 'Units inspected.' },
    location: { type: 'text not null', about: 'Code of the location where they came in.' },
    grade: { type: 'text', about: 'A (as new), B, C or scrap; null: they were missing.' },
    answerable: { type: 'text', about: 'Who answers for the condition: customer, merchant or carrier.' },
    disposition: { type: 'text not null', about: 'What becomes of them: restock, refurbish, quarantine, liquidate, destroy or missing.' },
    graded_at: { type: 'timestamptz not null', about: 'When.' },
  },
  on: {
    ItemGraded: ({ data }) =>
      put({
        grading_id: data.gradingId,
        return_id: data.returnId,
        receipt_id: data.receiptId,
        order_id: data.orderId,
        line_id: data.lineId ?? null,
        sku: data.sku,
        quantity: data.quantity,
        location: data.location,
        grade: data.grade ?? null,
        answerable: data.answerable ?? null,
        disposition: data.disposition,
        graded_at: data.gradedAt,
      }),
  },
};
