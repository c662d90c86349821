import {
  currency,
  disposition,
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
import type { EligibleLine } from '../domain/eligibility';
import type { ReturnPolicy } from '../domain/policy';

const status = oneOf(['requested', 'awaiting-review', 'authorized', 'declined', 'received', 'refund-failed', 'closed']);
const why = 'Why it was declined, waits for a person, or could not be refunded: a stable code.';

const line = object({
  lineId: text(),
  sku: text(),
  reasons: list(text(), 'The customer’s reason codes.'),
  asked: integer('Units that the customer wants to send back.'),
  received: integer('Units that came in.'),
  declined: truth('Whether it may not come back.'),
  graded: integer('Units that were inspected.'),
});

const receipt = object({
  receiptId: uuid(),
  location: text('Where it came in; location code.'),
  lines: list(object({ lineId: text(), quantity: integer('Units that came in.'), graded: integer('Of them: inspected.') })),
});

const refund = object({
  refundId: uuid(),
  status: oneOf(['due', 'refunded', 'failed']),
  amount: money('What is due, minor units.'),
  refunded: money('Of it: what went back already, to one way of paying or several.'),
  reason: optional(reason),
});

export const rma = answerOf<ShownReturn>()(
  'Return',
  object({
    returnId: uuid(),
    orderId,
    status,
    requestedAt: time(),
    reason: optional(reason),
    policy: optional(text('Version of the policy that it was judged by.')),
    lines: list(line),
    receipts: list(receipt, 'What came in, each time.'),
    refunds: list(refund, 'What is owed for it, each time.'),
    currency: currency(),
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
    status,
    reason: nullable(text(why)),
    units: integer('Units that the customer wants to send back.'),
    requestedAt: time(),
    closedAt: nullable(time()),
    owed: money('What the graded units are worth to the customer, minor units.'),
    refunded: money('What went back already, minor units.'),
    currency: currency(),
  }),
);
export const returnPage = pageAnswer(listed);

const percent = integer('Percent.');

export const policy = answerOf<ReturnPolicy>()(
  'ReturnPolicy',
  object({
    version: text('An order is judged by the version that it was sold under.'),
    windowDays: integer(
      'A return may be asked for until the end of this many days after the day of delivery, by the clocks of the destination.',
    ),
    reviewAbove: list(
      object({ currency: currency(), amount: money('Minor units.') }),
      'A return worth more than this is looked at by a person first: in the first currency, and so in every other by its rough worth there.',
    ),
    restockingFeePercent: integer('Kept back from every refund, percent.'),
    refundPercent: object({ A: percent, B: percent, C: percent, scrap: percent }, 'How much of the price comes back, by condition.'),
    disposition: object(
      { A: disposition, B: disposition, C: disposition, scrap: disposition },
      'What becomes of a unit, by condition, unless the inspector says otherwise.',
    ),
  }),
);
export const policyList = answerOf<readonly ReturnPolicy[]>()('ReturnPolicyList', list(policy, 'The current one first.'));

export const eligibleLines = answerOf<{ readonly lines: readonly EligibleLine[] }>()(
  'EligibleLines',
  object({
    lines: list(
      object({
        lineId: text(),
        sku: text(),
        quantity: integer('Units that can be sent back now.'),
        reason: optional(oneOf(['not-delivered', 'already-returned', 'window-passed', 'final-sale'], 'Why none can.')),
        until: optional(time('Until when a return may be asked for; absent before delivery.')),
      }),
    ),
  }),
);
