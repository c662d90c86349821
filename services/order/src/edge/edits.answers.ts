import {
  currency,
  integer,
  list,
  lineQuantity,
  money,
  object,
  oneOf,
  optional,
  orderId,
  orderLine,
  reason,
  soldShipGroup,
  text,
  time,
  totals,
  uuid,
} from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import type { EditAnswer } from '../app/edits';
import type { OrderVersion, VersionComparison } from '../app/versions';
import { orderStatuses } from '../domain/state';
import { hold } from './orders.answers';

export const editAnswer = answerOf<EditAnswer>()(
  'OrderEditAnswer',
  object({
    orderId,
    editId: uuid(),
    status: oneOf(['edited', 'requested'], '`requested`: whoever holds the goods is asked first; it comes about when that is answered.'),
    requested: list(lineQuantity, 'Units that somebody is asked about.'),
    orderVersion: integer('1 is the order as it was placed.'),
    orderStatus: oneOf(orderStatuses),
    currency: currency(),
    totals,
    due: money('What the order costs now, without what was cancelled.'),
    holds: list(hold),
  }),
);

const version = object({
  orderVersion: integer('1 is the order as it was placed.'),
  at: time(),
  reason: optional(reason),
  totals,
});

export const versionList = answerOf<{ readonly items: readonly OrderVersion[] }>()(
  'OrderVersions',
  object({ items: list(version, 'Oldest first.') }),
);

export const comparison = answerOf<VersionComparison>()(
  'OrderVersionComparison',
  object({
    from: version,
    to: version,
    lines: list(
      object({ lineId: text(), before: optional(orderLine), after: optional(orderLine) }),
      'Without `before` it is new, without `after` it is gone.',
    ),
    shipGroups: list(object({ shipGroupId: text(), before: optional(soldShipGroup), after: optional(soldShipGroup) })),
    priority: optional(object({ before: text(), after: text() })),
    instructions: optional(object({ before: optional(text()), after: optional(text()) })),
  }),
);
