import { ClaimDecided, ClaimOpened, ClaimOverdue } from './claims';
import { contractsOf, type EventOf } from './event';
import { ExchangeOverdue, ExchangeRequested, ExchangeSettled, intoExchange, wantedGoods } from './exchanges';
import { amount, disposition, grade, lineQuantity, orderId, reason } from './parts';
import { count, currency, list, money, object, optional, text, time, truth, uuid, word } from './schema';
import { condition, sendBack } from './send-back';
import { Topics } from './topics';
import { UnknownGoodsDisposed, UnknownGoodsMatched, UnknownGoodsOverdue, UnknownGoodsReceived } from './unknown-goods';

const event = contractsOf(Topics.returns, 'return');
const rma = { orderId, returnId: uuid() };
const returnLine = object({
  lineId: text(),
  sku: text(),
  quantity: count(),
  reason: text('The customer’s reason code; an open vocabulary.'),
  condition: optional(condition),
  exchangeFor: optional(list(wantedGoods, 'What the customer wants in place of them; absent: money.')),
});

export const ReturnRequested = event(
  'ReturnRequested',
  'A customer wants to send something back; or, without lines, something came back that nobody had announced.',
  object({ ...rma, lines: list(returnLine), requestedAt: time() }),
);

export const ReturnAuthorized = event(
  'ReturnAuthorized',
  'The policy, or a person, allows it: the goods may come. A return may be allowed in parts.',
  object({
    ...rma,
    lines: list(
      object({ ...lineQuantity.shape, keep: optional(truth('The customer keeps these, and is paid for them: nothing is to come.')) }),
    ),
    policy: text('Version of the policy that it was judged by.'),
    by: reason.shape.by,
    wayBack: word(['merchant', 'customer'], 'treat as `customer`', 'Who pays for bringing it back.'),
    receivingLocation: optional(text('Location code: where it is to be sent; absent: any that takes returns.')),
    sendBack: optional(sendBack),
    expiresAt: optional(time('The goods must be on their way until then.')),
    authorizedAt: time(),
  }),
);

export const ReturnDeclined = event(
  'ReturnDeclined',
  'The policy, or a person, does not allow it.',
  object({ ...rma, lines: list(lineQuantity, 'What may not come back.'), reason, policy: text(), declinedAt: time() }),
);

const receivedLine = object({
  lineId: optional(text('Absent: the order has no such line.')),
  sku: text('Of the line, or of a part of its kit.'),
  quantity: count(),
  announced: truth('Whether it was to come with this return.'),
});

export const ReturnLabelIssued = event(
  'ReturnLabelIssued',
  'The customer has a label, or a code that a carrier’s counter prints one from, for the way back.',
  object({
    ...rma,
    labelId: uuid(),
    carrier: text(),
    trackingNumber: text(),
    format: word(['label', 'qr'], 'treat as `label`'),
    url: optional(text('Where the customer finds it.')),
    customsUrl: optional(
      text('Where the customer finds the paper for customs, of a parcel that crosses a border: to be printed and put on it.'),
    ),
    issuedAt: time(),
  }),
);

export const ReturnInTransit = event(
  'ReturnInTransit',
  'A carrier scanned a parcel on its way back, or has not done so for too long.',
  object({
    ...rma,
    carrier: text(),
    trackingNumber: text(),
    milestone: word(
      ['picked-up', 'in-transit', 'exception', 'delivered', 'stuck', 'lost'],
      'treat as `in-transit`',
      '`delivered`: at a dock of ours; `stuck`, `lost`: nothing was heard of it for long, or for too long.',
    ),
    place: optional(text()),
    occurredAt: time('By the carrier’s clock.'),
    recordedAt: time(),
  }),
);

export const ReturnExpiring = event(
  'ReturnExpiring',
  'Nothing has come yet of these units, and the time in which they may is nearly over.',
  object({ ...rma, lines: list(lineQuantity), expiresAt: time(), noticedAt: time() }),
);

export const ReturnExpired = event(
  'ReturnExpired',
  'These units were allowed to come, and did not in time: they are no part of the return any more, and may be asked for anew.',
  object({ ...rma, lines: list(lineQuantity), expiredAt: time() }),
);

export const ReturnCancelled = event(
  'ReturnCancelled',
  'The customer keeps these units after all, before anything came.',
  object({ ...rma, lines: list(lineQuantity), reason, cancelledAt: time() }),
);

export const ReturnReceived = event(
  'ReturnReceived',
  'Goods are back at a location. A return may be received in several parts, at several places; what nobody announced, and what is not of the order, is received all the same.',
  object({ ...rma, receiptId: uuid(), location: text('Location code.'), lines: list(receivedLine), receivedAt: time() }),
);

/** Who answers for the condition of what came back. */
const answerable = word(
  ['customer', 'merchant', 'carrier'],
  'treat as `customer`',
  'Who answers for its condition: of what is the merchant’s, or the carrier’s, nothing is kept back.',
);

export const ItemGraded = event(
  'ItemGraded',
  'Units that came back were inspected: inventory books them where they were received. Those that turn out to be missing were never there.',
  object({
    ...rma,
    gradingId: uuid(),
    receiptId: uuid('The receipt that they came with.'),
    lineId: optional(text('Absent: the order has no such line.')),
    sku: text('Of the line, or of a part of its kit.'),
    quantity: count(),
    location: text('Location code: where they were received.'),
    grade: optional(grade),
    disposition,
    answerable: optional(answerable),
    gradedAt: time(),
  }),
);

export const RefundDue = event(
  'RefundDue',
  'The customer is owed money for what came back, for what he may keep, or for a claim: payment gives it back. Never of zero.',
  object({
    orderId,
    returnId: uuid('The return, or the claim.'),
    refundId: uuid(),
    trigger: word(
      ['inspection', 'receipt', 'scan', 'request', 'keep-it', 'claim', 'channel', 'provider'],
      'it is owed all the same',
      'What made it due; `channel`: the channel has given it already; `provider`: a returns provider said so.',
    ),
    lines: list(
      object({
        ...lineQuantity.shape,
        grade: optional(grade),
        answerable: optional(answerable),
      }),
      'For which units.',
    ),
    ...amount,
    goods: money('Of the amount: for the goods without tax.'),
    tax: money('Of the amount: tax.'),
    delivery: money('Of the amount: delivery charge, tax included.'),
    shipGroups: list(text(), 'The ship groups whose delivery charge that is.'),
    fee: money('Already taken off the amount, all of it.'),
    fees: list(
      object({
        code: word(
          ['condition', 'restocking', 'return'],
          'a fee like any other',
          'For the condition, for restocking, for the return (once an order).',
        ),
        amount: money('Minor units.'),
      }),
      'What the fee is made of.',
    ),
    tender: word(['original', 'store-credit', 'exchange'], 'treat as `original`', 'In which way it is to go back.'),
    exchange: optional(intoExchange),
    dueAt: time(),
  }),
);

export const ReturnClosed = event(
  'ReturnClosed',
  'Everything came back, was graded and refunded.',
  object({ ...rma, currency: currency(), amount: money('Given back in all; 0 when nothing was owed.'), closedAt: time() }),
);

export const returnEvents = {
  ReturnRequested,
  ReturnAuthorized,
  ReturnDeclined,
  ReturnLabelIssued,
  ReturnInTransit,
  ReturnExpiring,
  ReturnExpired,
  ReturnCancelled,
  ReturnReceived,
  ItemGraded,
  RefundDue,
  ReturnClosed,
  ExchangeRequested,
  ExchangeSettled,
  ExchangeOverdue,
  ClaimOpened,
  ClaimDecided,
  ClaimOverdue,
  UnknownGoodsReceived,
  UnknownGoodsOverdue,
  UnknownGoodsMatched,
  UnknownGoodsDisposed,
};
/** Public events of the returns service; subject: the order id, whose returns are one aggregate; of goods that name no order, their receipt. */
export type ReturnEvent = EventOf<(typeof returnEvents)[keyof typeof returnEvents]>;
