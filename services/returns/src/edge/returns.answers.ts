import {
  currency,
  integer,
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
  truth,
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ReturnRow } from '../app/return-list';
import type { ShownReturn } from '../app/shown-return';
import type { Eligible } from '../app/asking';
import { standings } from '../domain/return-line';
import { returnStatuses } from '../domain/state';

const status = oneOf(returnStatuses);
const why = 'Why it was declined, waits for a person, or could not be refunded: a stable code.';

const lineId = optional(text('Line of the order; absent: it has none of this.'));

const line = object({
  lineId,
  sku: text('Of the line, or of a part of its kit.'),
  reasons: list(text(), 'The customer’s reason codes.'),
  conditions: optional(list(text(), 'In which condition it is, as the customer says.')),
  announced: truth('Whether it was asked for before it came.'),
  standing: oneOf(standings, 'How far it was decided; `kept`: the customer keeps it and is paid; `stray`: it is of no line of the order.'),
  asked: integer('Units that the customer wants to send back.'),
  received: integer('Units that came in.'),
  graded: integer('Units that were inspected.'),
  exchangeFor: optional(list(object({ sku: text(), quantity: integer('Units.') }), 'What the customer gets in place of them.')),
});

const wayBack = object(
  {
    by: text('`label`, `qr`, `store` or `own-way`.'),
    to: optional(text('Location code.')),
    carrier: optional(text()),
    service: optional(text()),
    paidBy: text('`merchant` or `customer`.'),
  },
  'How it is to be sent back; absent: as the customer likes.',
);

const receipt = object({
  receiptId: uuid(),
  location: text('Where it came in; location code.'),
  lines: list(
    object({
      lineId,
      sku: text(),
      quantity: integer('Units that came in.'),
      announced: integer('Of them: were to come with this return.'),
      graded: integer('Of them: inspected.'),
    }),
  ),
});

const refund = object({
  refundId: uuid(),
  status: oneOf(['due', 'refunded', 'failed']),
  amount: money('What is due, minor units.'),
  refunded: money('Of it: what went back already, to one way of paying or several.'),
  reason: optional(reason),
});

const label = object({
  labelId: uuid(),
  carrier: text(),
  trackingNumber: text(),
  format: text('`label`, or `qr`: a code that the carrier’s counter prints one from.'),
  url: optional(text()),
  customsUrl: optional(text('Of the paper for customs, where it crosses a border.')),
});

const scan = object({ carrier: text(), trackingNumber: text(), milestone: text(), place: optional(text()), occurredAt: time() });

export const rma = answerOf<ShownReturn>()(
  'Return',
  object({
    returnId: uuid(),
    orderId,
    status,
    requestedAt: time(),
    reason: optional(reason),
    note: optional(text('What the customer wrote; only where one return is read, until it is erased.')),
    expiresAt: optional(time('The goods must be on their way until then.')),
    sendBack: optional(wayBack),
    labels: list(label, 'For the way back.'),
    labelFailure: optional(reason),
    scans: list(scan, 'Of its parcels on their way back, as carriers told them.'),
    policy: optional(text('Version of the policy that it was judged by.')),
    lines: list(line),
    receipts: list(receipt, 'What came in, each time.'),
    refunds: list(refund, 'What is owed for it, each time.'),
    currency: currency(),
    refundBy: optional(time('Until when the customer is promised the money; once the goods are on their way, or in.')),
    owed: money('What the graded units are worth to the customer, minor units.'),
    refunded: money('What went back already, minor units.'),
    version: integer('Events of all returns of the order so far; also in `ETag`.'),
  }),
);

const listed = answerOf<ReturnRow>()(
  'ListedReturn',
  object({
    returnId: uuid(),
    orderId,
    locations: list(text(), 'Codes of the locations where goods of it came in; none yet where nothing has.'),
    status,
    reason: nullable(text(why)),
    units: integer('Units that the customer wants to send back.'),
    requestedAt: time(),
    closedAt: nullable(time()),
    owed: money('What the graded units are worth to the customer, minor units.'),
    refunded: money('What went back already, minor units.'),
    moneyAwaitedBy: nullable(time('Until when the customer was promised money that has not all gone back.')),
    currency: currency(),
  }),
);
export const returnPage = pageAnswer(listed);

export const eligibleLines = answerOf<Eligible>()(
  'EligibleLines',
  object({
    policy: text('Version of the return policy that the order was sold under.'),
    lines: list(
      object({
        lineId: text(),
        sku: text(),
        quantity: integer('Units that can be sent back now.'),
        reason: optional(oneOf(['not-delivered', 'already-returned', 'window-passed', 'final-sale'], 'Why none can.')),
        until: optional(time('Until when a return may be asked for; absent before delivery.')),
        parts: optional(
          list(
            object({ sku: text(), quantity: integer('Units of the part that can be sent back now.') }),
            'Of a kit: parts that can be sent back alone.',
          ),
        ),
      }),
    ),
  }),
);
