import {
  count,
  currency,
  integer,
  lineQuantity,
  list,
  money,
  nullable,
  object,
  oneOf,
  optional,
  orderId,
  reason,
  text,
  time,
  unitCost,
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ShownSupplierOrder } from '../../app/supplier-orders/supplier-order-shown';
import { supplierOrderStatuses } from '../../domain/supplier-orders/supplier-order';

const cost = object({ currency: currency(), amount: money() });

export const supplierOrderAnswer = answerOf<ShownSupplierOrder>()(
  'SupplierOrder',
  object({
    supplierOrderId: uuid(),
    number: text('What the supplier knows it by, and bills by.'),
    supplier: text('The partner.'),
    shipmentId: uuid(),
    orderId,
    fulfillmentId: uuid(),
    location: text('Location code.'),
    status: oneOf(
      supplierOrderStatuses,
      '`waiting`: to be told; `sent`: it has it; `accepted`; `partly-shipped`: more is to follow; `shipped`: nothing is outstanding; `rejected`, `cancelled`: nothing of it comes.',
    ),
    lines: list(
      object({
        ...lineQuantity.shape,
        quantity: count('Ordered.'),
        unitCost: optional(unitCost),
        accepted: integer(),
        shipped: integer(),
        rejected: integer(),
        cancelled: integer(),
      }),
    ),
    drawnUpAt: time(),
    sentAt: optional(time('Since when the supplier has it.')),
    answerBy: optional(time('It is to accept or to reject until then.')),
    shipBy: optional(time('When it says that it leaves; until it says so, when it is to.')),
    overdue: nullable(oneOf(['answer', 'shipment'], 'What it did not do in time.')),
    reason: optional(reason),
    notices: list(
      object({
        shipmentId: uuid(),
        carrier: text('Of the supplier.'),
        parcels: list(object({ parcelId: text(), trackingNumber: text() })),
        lines: list(lineQuantity),
        shippedAt: time(),
      }),
      'Of shipment.',
    ),
    cost: list(cost, 'What it comes to without what is rejected or cancelled, by currency, as far as prices are known.'),
    billable: list(cost, 'What it may bill: what it has shipped.'),
  }),
);
export const supplierOrderPage = pageAnswer(supplierOrderAnswer);
