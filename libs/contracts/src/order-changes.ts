import { contractsOf } from './event';
import { destination, lineQuantity, orderId, orderLine, priority, reason, sealed, soldShipGroup, totals } from './parts';
import { integer, list, object, optional, text, time, truth, uuid, word, type Schema } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.order, 'order');

const change = <Part>(part: Schema<Part>) => ({
  before: optional(part),
  after: optional(part),
});

export const OrderEdited = event(
  'OrderEdited',
  'The order is another one from now on. Prices stand here and in `OrderPlaced` only. Units that were added or taken away are claimed, given back, paid and refunded by the difference. Units that were confirmed before are taken away only after `CancellationRequested` was answered.',
  object({
    orderId,
    editId: uuid(),
    orderVersion: integer('1 is the order as it was placed.'),
    lines: list(
      object({
        lineId: text(),
        ...change(orderLine),
        substitutes: optional(text('The line that it stands in for: `lineId`.')),
      }),
      'Lines that changed: without `before` it is new, without `after` it is gone.',
    ),
    shipGroups: list(object({ shipGroupId: text(), ...change(soldShipGroup) }), 'Ship groups that changed, likewise.'),
    priority: optional(object(change(priority), 'If it changed.')),
    instructions: optional(object(change(text('For the whole order.')), 'If they changed.')),
    totalsBefore: totals,
    totals,
    reason,
    editedAt: time(),
  }),
);

export const DestinationChanged = event(
  'DestinationChanged',
  'A ship group goes to another place, or to another person: what is not handed over yet goes there.',
  object({
    orderId,
    shipGroupId: text(),
    isFirst: optional(
      truth('It is the first of the order that is sent anywhere: by where it goes the order is counted. Absent: it is not.'),
    ),
    destination: optional(destination),
    personal: sealed,
    reason,
    changedAt: time(),
  }),
);

export const ShortageResolved = event(
  'ShortageResolved',
  'What becomes of units that are not in stock was chosen: once for all lines for which a policy chooses the same. A substitute comes with `OrderEdited`, a cancellation with `LineCancelled`.',
  object({
    orderId,
    lines: list(lineQuantity, 'The units that it was chosen for.'),
    choice: word(
      ['wait', 'split', 'substitute', 'cancel'],
      'treat as `wait`',
      'Wait for stock; ship what is there now and let the rest wait; take another SKU; do without.',
    ),
    reason,
    resolvedAt: time(),
  }),
);

export const LostParcelsResolved = event(
  'LostParcelsResolved',
  'What the customer gets for parcels that the carrier lost was decided. Money comes with `LineCancelled`; goods with an order of their own, which says what it replaces.',
  object({
    orderId,
    resolutionId: uuid(),
    shipmentId: uuid(),
    parcels: list(text('Parcel id.')),
    lines: list(lineQuantity, 'What was in them.'),
    choice: word(['refund', 'resend'], 'treat as `refund`', 'The money back; the goods once more, for nothing.'),
    replacementOrderId: optional(uuid('With `resend`: the order that sends them.')),
    reason,
    resolvedAt: time(),
  }),
);
