import { contractsOf, type EventOf } from './event';
import { disposition, grade, lineQuantity, orderId } from './parts';
import { count, currency, list, money, object, oneOf, text, time, uuid } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.returns);
const rma = { orderId, returnId: uuid() };
const returnLine = object({ lineId: text(), sku: text(), quantity: count(), reason: text('The customer’s reason code.') });

export const ReturnRequested = event(
  'ReturnRequested',
  'A customer wants to send something back.',
  object({ ...rma, lines: list(returnLine), requestedAt: time() }),
);

export const ReturnAuthorized = event(
  'ReturnAuthorized',
  'The policy, or a person, allows it: the goods may come.',
  object({
    ...rma,
    lines: list(lineQuantity),
    policy: text('Version of the policy that it was judged by.'),
    by: oneOf(['policy', 'operator']),
    authorizedAt: time(),
  }),
);

export const ReturnDeclined = event(
  'ReturnDeclined',
  'The policy, or a person, does not allow it.',
  object({ ...rma, reason: text(), policy: text(), declinedAt: time() }),
);

export const ReturnReceived = event(
  'ReturnReceived',
  'The parcel is back at a location.',
  object({ ...rma, location: text(), lines: list(lineQuantity), receivedAt: time() }),
);

export const ItemGraded = event(
  'ItemGraded',
  'Units of a returned line were inspected: inventory books them, payment refunds them.',
  object({
    ...rma,
    lineId: text(),
    sku: text(),
    quantity: count(),
    location: text(),
    grade,
    disposition,
    currency: currency(),
    refund: money('Owed to the customer for these units.'),
    gradedAt: time(),
  }),
);

export const ReturnClosed = event(
  'ReturnClosed',
  'Everything came back, was graded and refunded.',
  object({ ...rma, currency: currency(), refunded: money(), closedAt: time() }),
);

export const returnEvents = { ReturnRequested, ReturnAuthorized, ReturnDeclined, ReturnReceived, ItemGraded, ReturnClosed };
/** Public events of the returns service; subject: the order id. */
export type ReturnEvent = EventOf<(typeof returnEvents)[keyof typeof returnEvents]>;
