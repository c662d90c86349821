import {
  currency,
  customsDeclaration,
  integer,
  list,
  money,
  object,
  oneOf,
  optional,
  orderId,
  reason,
  text,
  time,
  uuid,
} from '@cartage/contracts';
import { answerOf } from '@cartage/service-kit';
import { silences } from '../../domain/way-back/events';
import { lastScan, type ReturnLabel, type WayBack } from '../../domain/way-back/way-back';

const statuses = ['requested', 'bought', 'refused', 'void', 'on-its-way', 'arrived'] as const;

const statusOf = (label: ReturnLabel): (typeof statuses)[number] => {
  if (label.refused) return 'refused';
  const last = lastScan(label);
  if (last) return last.milestone === 'delivered' ? 'arrived' : 'on-its-way';
  if (label.voidedAt !== undefined) return 'void';
  return label.bought ? 'bought' : 'requested';
};

const boughtOf = ({ bought }: ReturnLabel) => {
  if (!bought) return {};
  const { trackingNumber, format, url, currency: paidIn, cost, purchasedAt } = bought;
  return { trackingNumber, format, url, currency: paidIn, cost, purchasedAt };
};

const labelOf = (label: ReturnLabel) => {
  const { labelId, carrier, service, policy, weightGrams, requestedAt } = label.asked;
  return {
    ...{ labelId, status: statusOf(label), carrier, service, weightGrams, requestedAt },
    ...(policy === undefined ? {} : { policy }),
    ...(label.asked.customs ? { customs: label.asked.customs } : {}),
    ...boughtOf(label),
    ...(label.refused ? { refused: label.refused } : {}),
    ...(label.voidedAt === undefined ? {} : { voidedAt: label.voidedAt }),
    ...(label.overdue === undefined ? {} : { overdue: label.overdue }),
    scans: label.scans.map(({ milestone, place, occurredAt }) => ({ milestone, ...(place === undefined ? {} : { place }), occurredAt })),
  };
};

/** For people; nothing personal. */
export const shownWayBack = (returnId: string, { wanted, labels, failure, ended }: WayBack) => ({
  returnId,
  ...(wanted ? { orderId: wanted.orderId, location: wanted.location, format: wanted.format } : {}),
  labels: [...labels.values()].map(labelOf),
  ...(failure ? { failure } : {}),
  ...(ended ? { ended } : {}),
});
export type ShownWayBack = ReturnType<typeof shownWayBack>;

const label = object({
  labelId: uuid('Also our reference at the carrier.'),
  status: oneOf(statuses),
  carrier: text(),
  service: text('The carrier’s own.'),
  policy: optional(text('The version of the carrier policy that it was chosen by.')),
  weightGrams: integer('As the carrier was told.'),
  requestedAt: time(),
  customs: optional(customsDeclaration),
  trackingNumber: optional(text()),
  format: optional(text('`label`, or `qr`: a code that the carrier’s counter prints one from.')),
  url: optional(text('Where the customer finds it.')),
  currency: optional(currency()),
  cost: optional(money('What the carrier charges us.')),
  purchasedAt: optional(time()),
  refused: optional(reason),
  voidedAt: optional(time()),
  overdue: optional(oneOf(silences, 'Nothing was heard of it for long.')),
  scans: list(object({ milestone: text(), place: optional(text()), occurredAt: time('By the carrier’s clock.') })),
});

export const wayBackAnswer = answerOf<ShownWayBack>()(
  'ReturnLabels',
  object({
    returnId: uuid(),
    orderId: optional(orderId),
    location: optional(text('Location code: where it comes back to.')),
    format: optional(text('As the policy wants it.')),
    labels: list(label, 'The oldest first.'),
    failure: optional(reason),
    ended: optional(reason),
  }),
);
