import { contractsOf, type EventOf } from './event';
import { amount, disposition, grade, lineQuantity, orderId, reason } from './parts';
import { count, currency, list, money, object, optional, text, time, truth, uuid, word } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.returns);
const rma = { orderId, returnId: uuid() };
const returnLine = object({
  lineId: text(),
  sku: text(),
  quantity: count(),
  reason: text('The customer’s reason code; an open vocabulary.'),
});

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
    by: reason.shape.by,
    receivingLocation: optional(text('Location code: where it is to be sent; absent: any that takes returns.')),
    expiresAt: optional(time('The goods must be on their way until then.')),
    authorizedAt: time(),
  }),
);

export const ReturnDeclined = event(
  'ReturnDeclined',
  'The policy, or a person, does not allow it.',
  object({ ...rma, lines: list(lineQuantity, 'What may not come back.'), reason, policy: text(), declinedAt: time() }),
);

export const ReturnReceived = event(
  'ReturnReceived',
  'Goods are back at a location. A return may be received in several parts.',
  object({
    ...rma,
    receiptId: uuid(),
    location: text('Location code.'),
    lines: list(object({ ...lineQuantity.shape, announced: truth('Whether it was to come with this return.') })),
    receivedAt: time(),
  }),
);

export const ItemGraded = event(
  'ItemGraded',
  'Units of a returned line were inspected: inventory books them where they were received.',
  object({
    ...rma,
    gradingId: uuid(),
    receiptId: uuid('The receipt that they came with.'),
    lineId: text(),
    sku: text(),
    quantity: count(),
    location: text('Location code: where they were received.'),
    grade,
    disposition,
    gradedAt: time(),
  }),
);

export const RefundDue = event(
  'RefundDue',
  'The customer is owed money for what came back: payment gives it back. Never of zero.',
  object({
    ...rma,
    refundId: uuid(),
    trigger: word(['inspection', 'receipt', 'scan', 'keep-it'], 'it is owed all the same', 'What made it due.'),
    lines: list(lineQuantity, 'For which units.'),
    ...amount,
    goods: money('Of the amount: for the goods without tax.'),
    tax: money('Of the amount: tax.'),
    delivery: money('Of the amount: delivery charge, tax included.'),
    fee: money('Already taken off the amount: restocking, or for the condition.'),
    tender: word(['original', 'store-credit'], 'treat as `original`', 'In which way it is to go back.'),
    dueAt: time(),
  }),
);

export const ReturnClosed = event(
  'ReturnClosed',
  'Everything came back, was graded and refunded.',
  object({ ...rma, currency: currency(), amount: money('Given back in all; 0 when nothing was owed.'), closedAt: time() }),
);

export const returnEvents = { ReturnRequested, ReturnAuthorized, ReturnDeclined, ReturnReceived, ItemGraded, RefundDue, ReturnClosed };
/** Public events of the returns service; subject: the order id, whose returns are one aggregate. */
export type ReturnEvent = EventOf<(typeof returnEvents)[keyof typeof returnEvents]>;
