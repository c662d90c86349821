import { contractsOf } from './event';
import { lineQuantity, orderId, reason } from './parts';
import { currency, list, money, object, optional, text, time, uuid } from './schema';
import { Topics } from './topics';

/* What is ordered of suppliers that send it to the customer themselves: goods that are never ours. */

const event = contractsOf(Topics.shipping, 'dropship');

/** Each event names all of it, so that none has to be looked up. */
const supplierOrder = {
  supplierOrderId: uuid('One for each fulfilment that a supplier is given.'),
  number: text('What the supplier knows it by, and bills by.'),
  supplier: text('The partner.'),
  shipmentId: uuid(),
  orderId,
  fulfillmentId: uuid(),
  location: text('Location code: where the supplier’s goods are.'),
};
const some = (what: string) => optional(list(lineQuantity, what));

/** What one unit costs us, where the supplier has said so. */
export const unitCost = object({ currency: currency(), amount: money('Of one unit.') });

export const SupplierOrderSent = event(
  'SupplierOrderSent',
  'The supplier has it: these lines are to go to the customer.',
  object({
    ...supplierOrder,
    lines: list(
      object({ ...lineQuantity.shape, unitCost: optional(unitCost) }),
      'What it costs as the supplier said last; absent: it has not said.',
    ),
    answerBy: time('It is to accept or to reject until then.'),
    shipBy: optional(time('To be handed over until then.')),
    sentAt: time(),
  }),
);

export const SupplierOrderAccepted = event(
  'SupplierOrderAccepted',
  'The supplier takes it, or these lines of it so far. Said again with another date, the later one counts.',
  object({
    ...supplierOrder,
    lines: some('Only these so far; absent: all of it.'),
    shipsAt: optional(time('When it says that they leave.')),
    acceptedAt: time(),
  }),
);

export const SupplierOrderRejected = event(
  'SupplierOrderRejected',
  'The supplier will not send it, or some of it: that is looked for elsewhere.',
  object({ ...supplierOrder, lines: list(lineQuantity, 'What it will not send.'), reason, rejectedAt: time() }),
);

export const SupplierOrderShipped = event(
  'SupplierOrderShipped',
  'The supplier’s notice of shipment: these units are on their way, with a carrier of its own. An order may go out in several.',
  object({
    ...supplierOrder,
    lines: list(lineQuantity),
    carrier: text('The supplier’s own; `unknown` where it tells none.'),
    parcels: list(object({ parcelId: text(), trackingNumber: text() })),
    shippedAt: time(),
  }),
);

export const SupplierOrderCancelled = event(
  'SupplierOrderCancelled',
  'These units were asked back, and the supplier will not send them.',
  object({ ...supplierOrder, lines: list(lineQuantity), reason, cancelledAt: time() }),
);

export const supplierOrderEvents = {
  SupplierOrderSent,
  SupplierOrderAccepted,
  SupplierOrderRejected,
  SupplierOrderShipped,
  SupplierOrderCancelled,
};
