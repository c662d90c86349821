import {
  currency,
  integer,
  list,
  money,
  named,
  object,
  oneOf,
  optional,
  text,
  time,
  truth,
  uuid,
  type JsonSchema,
} from '@cartage/contracts';
import type { ChannelPrice, ClaimedUpdate, StockLevel, UpdateContent } from './channel-update';

/** What a channel that takes our own form is told of an order, by webhook or in its feed. */
export const orderMessage = ({ externalOrderId, content: { kind, ...content }, backInAll }: ClaimedUpdate): object => ({
  ...{ type: `order.${kind}`, externalOrderId, ...content },
  ...(kind === 'refunded' ? { backInAll } : {}),
});

/** What it may sell: nothing where there is less than nothing. */
export const stockMessage = (levels: readonly StockLevel[]): object => ({
  type: 'stock',
  levels: levels.map(({ sku, network, locations }) => ({ sku, atp: Math.max(0, network), locations })),
});

/** What it is to ask. */
export const priceMessage = (prices: readonly ChannelPrice[]): object => ({
  type: 'prices',
  prices: prices.map(({ sku, unitPrice, currency: of, taxIncluded }) => ({ sku, unitPrice, currency: of, taxIncluded })),
});

const lines = list(object({ lineId: text('The channel’s own.'), sku: text(), quantity: integer() }));
const channelReturnId = text('The channel’s own number of the return.');
const of = { externalOrderId: text('The channel’s own number of the order.') };

/** Of each kind, what it says besides its type and its order. */
const contents: { readonly [Kind in UpdateContent['kind']]: Parameters<typeof object>[0] } = {
  accepted: {},
  rejected: { code: text('Stable.'), faults: list(object({ field: text(), code: text(), message: text() })) },
  dispatched: {
    carrier: optional(text()),
    trackingNumber: optional(text('Absent: handed over without a parcel.')),
    lines,
    dispatchedAt: time(),
  },
  'units-cancelled': { lines, reason: text() },
  cancelled: { reason: text() },
  refunded: {
    ...{ refundId: uuid(), amount: money('To be given back, minor units.'), currency: currency() },
    backInAll: money('What the customer is to have back by now, of all refunds: what went back before is not given twice.'),
  },
  'return-approved': { channelReturnId, reason: optional(text()) },
  'return-declined': { channelReturnId, reason: optional(text()) },
  'return-closed': { channelReturnId, how: oneOf(['closed', 'expired', 'cancelled']) },
};

const stock = object(
  {
    type: oneOf(['stock']),
    levels: list(
      object({ sku: text(), atp: integer('Units over the network.'), locations: named(integer('Units at the location; may be below 0.')) }),
    ),
  },
  'What the channel may sell now, whatever it was.',
);

const prices = object(
  {
    type: oneOf(['prices']),
    prices: list(
      object({
        sku: text(),
        unitPrice: money('Of one unit, minor units.'),
        currency: currency(),
        taxIncluded: truth('Whether tax is in it.'),
      }),
    ),
  },
  'What the channel is to ask for these from now on, whatever it was.',
);

/** By the type of the message. */
export const outgoingSchemas: Readonly<Record<string, JsonSchema>> = {
  ...Object.fromEntries(
    Object.entries(contents).map(([kind, content]) => [
      `order.${kind}`,
      object({ type: oneOf([`order.${kind}`]), ...of, ...content }).json,
    ]),
  ),
  stock: stock.json,
  prices: prices.json,
};
