import {
  claimDecisions,
  claimKinds,
  costBearers,
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
  uuid,
} from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ClaimRow } from '../app/claim-list';
import type { ShownClaim } from '../app/claims';
import { claimStatuses } from '../domain/claim';

const status = oneOf(claimStatuses);
const kind = oneOf(claimKinds);
const bearer = oneOf(costBearers, 'Who bears the cost.');

const refund = object({
  refundId: uuid(),
  status: oneOf(['due', 'refunded', 'failed']),
  amount: money('What is due, minor units.'),
  refunded: money('Of it: what went back already.'),
  reason: optional(reason),
});

export const shownClaimAnswer = answerOf<ShownClaim>()(
  'Claim',
  object({
    claimId: uuid(),
    orderId,
    status,
    openedAt: time(),
    decideBy: time('To be decided until then.'),
    lines: list(object({ lineId: text(), sku: text(), quantity: integer('Units.'), kind })),
    photos: list(text(), 'URLs.'),
    currency: currency(),
    decision: optional(oneOf(claimDecisions)),
    decidedAt: optional(time()),
    reason: optional(reason),
    costBearer: optional(bearer),
    replacementOrderId: optional(uuid('The order by which they are sent again.')),
    returnId: optional(uuid('The return that brings them back.')),
    refunds: list(refund),
    version: integer('Events of all returns and claims of the order so far; also in `ETag`.'),
  }),
);

const listed = answerOf<ClaimRow>()(
  'ListedClaim',
  object({
    claimId: uuid(),
    orderId,
    status,
    kinds: list(kind),
    units: integer('Units that are claimed.'),
    costBearer: nullable(bearer),
    owed: money('To be paid for it, minor units.'),
    currency: currency(),
    openedAt: time(),
    decideBy: time(),
    decidedAt: nullable(time()),
  }),
);
export const claimPage = pageAnswer(listed);
