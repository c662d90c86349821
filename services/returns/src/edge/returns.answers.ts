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
  text,
  time,
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ReturnRow } from '../app/return-list';
import type { ShownReturn } from '../app/returns';
import type { EligibleLine } from '../domain/eligibility';
import type { ReturnPolicy } from '../domain/policy';

const status = oneOf(['requested', 'awaiting-review', 'authorized', 'declined', 'received', 'refund-failed', 'closed']);
const reason = text('Why it was declined, waits for a person, or could not be refunded.');

const line = object({
  lineId: text(),
  sku: text(),
  reason: text('The customer’s reason code.'),
  asked: integer('Units that the customer wants to send back.'),
  received: integer('Units that came in.'),
  graded: integer('Units that were inspected.'),
  location: optional(text('Where the units came in last; location code.')),
});

export const rma = answerOf<ShownReturn>()(
  'Return',
  object({
    returnId: uuid(),
    orderId,
    status,
    requestedAt: time(),
    reason: optional(reason),
    lines: list(line),
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
    reason: nullable(reason),
    units: integer('Units that the customer wants to send back.'),
    requestedAt: time(),
    closedAt: nullable(time()),
    refunded: nullable(money('What went back, once it is closed. Minor units.')),
    currency: nullable(currency()),
  }),
);
export const returnPage = pageAnswer(listed);

const percent = integer('Percent.');

export const policy = answerOf<ReturnPolicy>()(
  'ReturnPolicy',
  object({
    version: text('An order is judged by the version that it was sold under.'),
    windowDays: integer('Days after delivery in which a return may be asked for.'),
    reviewAbove: money('A return worth more than this is looked at by a person first. Minor units of the order’s currency.'),
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
