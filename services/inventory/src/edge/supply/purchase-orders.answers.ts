import { count, currency, integer, list, money, object, oneOf, optional, text, time, truth } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ShownPurchaseOrder } from '../../app/supply/purchase-orders';
import type { SupplyRow } from '../../app/supply/supplies';

const expectedAt = optional(time('Absent: nobody knows when.'));

export const purchaseOrderAnswer = answerOf<ShownPurchaseOrder>()(
  'PurchaseOrder',
  object({
    purchaseOrder: text(),
    supplier: optional(text()),
    status: oneOf(
      ['open', 'received', 'cancelled'],
      '`open`: something is still to come; `received`: something came, and nothing is to come; `cancelled`: nothing came.',
    ),
    lines: list(
      object({
        lineId: text(),
        sku: text(),
        location: text('Location code.'),
        quantity: count('Units ordered.'),
        expectedAt,
        cost: optional(
          object({ amount: money('Minor units.'), currency: currency() }, 'Of all units ordered, together; absent: nobody said.'),
        ),
        received: integer('Units that came; more than were ordered, where more came.'),
        closed: integer('Units that will not come.'),
        outstanding: integer('Units still to come.'),
        overdue: truth('They should have come by now.'),
      }),
    ),
    revision: integer('Grows with every change; also in `ETag`.'),
  }),
);
export const purchaseOrderPage = pageAnswer(purchaseOrderAnswer);

const supplyAnswer = answerOf<SupplyRow>()(
  'ExpectedSupply',
  object({
    source: oneOf(['purchase-order', 'transfer']),
    reference: text('The purchase order, or the transfer.'),
    lineId: text(),
    sku: text(),
    location: text('Where it comes to.'),
    units: count('Still to come.'),
    expectedAt,
    overdue: truth('It should have come by now: nothing is promised of it until somebody says when it comes.'),
  }),
);
export const supplyPage = pageAnswer(supplyAnswer);
