import { orderId, reason } from './parts';
import { integer, list, object, optional, text, time, truth, uuid, word, type Static } from './schema';

/* What a returns provider is told, whichever way: no event, and nothing personal. */

export const returnsProviderMessageTypes = ['order.returnable', 'return.changed'] as const;

const minor = (about: string) => integer(`${about} Minor units.`);
const units = (about?: string) => integer(about);

const orderLine = object({
  lineId: text('Notices name the line by it.'),
  sku: text(),
  title: optional(text('As sold.')),
  category: optional(text('As the catalogue has it.')),
  quantity: units('Sold.'),
  returnable: units('May be sent back now.'),
  obstacle: optional(text('Why nothing of it may be: `not-delivered`, `already-returned`, `window-passed` or `final-sale`.')),
  until: optional(time('A return may be asked for until then; absent before delivery.')),
  parts: optional(list(object({ sku: text(), returnable: units() }), 'Of a kit: parts that can be sent back alone.')),
  paid: minor('What the customer paid for the line, tax in it.'),
  tax: minor('Of that: tax.'),
  windowDays: integer('Days after the day of delivery.'),
  refundOn: text('When the money goes back: `request`, `scan`, `receipt` or `inspection`.'),
  restockingFeePercent: integer(),
  wayBackPaidBy: text('`merchant` or `customer`.'),
  exchange: text('`never`, `after-return` or `in-advance`.'),
});

const order = object(
  {
    channel: text(),
    placedAt: time(),
    currency: text('ISO 4217.'),
    policy: text('Version of the return policy that it was sold under.'),
    returnFee: list(object({ currency: text(), amount: minor('Kept back once an order.') })),
    deliveryPaid: minor('What the customer paid for delivery, tax in it.'),
    lines: list(orderLine),
  },
  'As it stands now.',
);

const returnLine = object({
  lineId: optional(text()),
  sku: text(),
  asked: units(),
  received: units(),
  graded: units(),
  standing: text('`authorized`, `declined`, `review`, `kept` …'),
});

const changed = object(
  {
    returnId: uuid(),
    reference: optional(text('The provider’s own, of a return that began there.')),
    status: text(),
    reason: optional(reason),
    requestedAt: time(),
    expiresAt: optional(time('The goods must be on their way until then.')),
    lines: list(returnLine),
    labels: list(object({ carrier: text(), trackingNumber: text(), format: text(), url: optional(text()) })),
    refunds: list(object({ refundId: uuid(), status: text(), amount: minor('Owed.'), refunded: minor('Given back.') })),
    currency: text(),
    owed: minor('In all.'),
    refunded: minor('In all.'),
    isOver: truth('Nothing more comes of it.'),
  },
  'As it stands now.',
);

export const returnsProviderMessage = object({
  type: word(returnsProviderMessageTypes, 'pass over it', 'What it tells of.'),
  messageId: uuid('The same however often it is told.'),
  provider: text('Who is told.'),
  orderId,
  asOf: time('It stood so then: of two of the same order, or return, the later one counts.'),
  order: optional(order),
  return: optional(changed),
});
export type ReturnsProviderMessage = Static<typeof returnsProviderMessage>;
export type ReturnableOrder = Static<typeof order>;
export type ChangedReturn = Static<typeof changed>;

/** The published schema of it (JSON Schema 2020-12). */
export const returnsProviderMessageSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:cartage:returns-provider-message:1',
  title: 'ReturnsProviderMessage',
  ...returnsProviderMessage.json,
  description:
    'What a returns provider is told. `order.returnable` carries `order`: what of it can be sent back, until when, on which terms, and what was paid for it; `return.changed` carries `return`, whoever began it.',
};
