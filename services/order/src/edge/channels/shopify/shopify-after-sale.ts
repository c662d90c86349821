import { ownValue } from '@cartage/contracts';
import type { RefundAtChannel, ReturnAtChannel } from '../../../app/channels/connector';
import { present } from '../../../domain/present';
import { invalid, isFields, JsonReading, type Fields } from '../json-reading';

/** Words by which we know our own refunds there: what the key forgets after a day, the note does not. */
export const noteOf = (what: 'cancellation' | 'refund', id: string): string => `Cartage ${what} ${id}`;
const ours = /^Cartage (cancellation|refund) /;

/** How each topic says that a return stands. */
const standings: Readonly<Record<string, ReturnAtChannel['standing']>> = {
  ...{ 'returns/request': 'requested', 'returns/approve': 'approved', 'returns/reopen': 'approved' },
  ...{ 'returns/decline': 'declined', 'returns/cancel': 'cancelled', 'returns/close': 'closed' },
};

/** Later messages of a return tell it again by its `status`. */
const byStatus: Readonly<Record<string, ReturnAtChannel['standing']>> = {
  ...{ requested: 'requested', open: 'approved', closed: 'closed', canceled: 'cancelled', declined: 'declined' },
};

const standingIn = (topic: string, payload: Fields): ReturnAtChannel['standing'] | undefined => {
  const status = new JsonReading().optionalText(payload, 'status')?.toLowerCase() ?? '';
  return ownValue(standings, topic) ?? (topic === 'returns/update' ? ownValue(byStatus, status) : undefined);
};

/** The money of what we asked for is known here; the echo of it says nothing. */
const isOurs = (payload: Fields): boolean => ours.test(new JsonReading().optionalText(refundIn(payload), 'note') ?? '');

export const isAfterSale = (topic: string, payload: unknown): boolean => {
  if (topic === 'refunds/create') return !isFields(payload) || !isOurs(payload);
  return topic.startsWith('returns/') && (!isFields(payload) || standingIn(topic, payload) !== undefined);
};

/** Bare in webhooks, and under `refund` where it is asked for. */
const refundIn = (payload: Fields): Fields => (isFields(payload['refund']) ? payload['refund'] : payload);

/** `gid://shopify/Order/1` and `1` name the same. */
const numberIn = (reading: JsonReading, from: Fields, name = 'id'): string | undefined =>
  (reading.optionalText(from, name) ?? reading.optionalText(from, 'admin_graphql_api_id'))?.split('/').at(-1);

export const orderNumberIn = (payload: Fields): string | undefined => {
  const reading = new JsonReading();
  const order = reading.part(payload, 'order');
  return reading.optionalText(refundIn(payload), 'order_id') ?? (order && numberIn(reading, order));
};

const required = (reading: JsonReading, value: string | undefined, field: string): string => {
  if (value === undefined) reading.note(field, 'is missing');
  return value ?? '';
};

/** `cancel` and the older `restock` take units out of the order; what comes back was sold, and so was what is not put back on a shelf. */
const goodsOf = (reading: JsonReading, line: Fields): RefundAtChannel['lines'][number]['goods'] => {
  const restock = reading.optionalText(line, 'restock_type') ?? 'cancel';
  if (restock === 'return') return 'returned';
  return restock === 'no_restock' ? 'kept' : 'cancelled';
};

interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** What the customer has: in the currency that was asked for, where both stand there. What failed, or is only on its way, is no money. */
const moneyIn = (reading: JsonReading, refund: Fields): Money => {
  const paid = reading.list(refund, 'transactions').map((transaction, i) => {
    const { kind, status = 'success' } = transaction;
    const set = reading.part(transaction, 'amount_set');
    const shown = set && reading.part(set, 'presentment_money');
    const currency = reading.optionalText(shown ?? {}, 'currency_code') ?? reading.text(transaction, 'currency', `transactions[${i}].`);
    const isGiven = kind === 'refund' && status === 'success';
    return {
      currency,
      amount: isGiven ? reading.amount(shown ? shown['amount'] : transaction['amount'], currency, `transactions[${i}].amount`) : 0,
    };
  });
  const currencies = new Set(paid.map(({ currency }) => currency));
  if (currencies.size > 1) reading.note('transactions', 'must be in one currency');
  return { amount: paid.reduce((sum, { amount }) => sum + amount, 0), currency: paid[0]?.currency ?? '' };
};

/** A refund without any money says nothing of it, in whatever currency: the order’s own is as good. */
const refundOf = (reading: JsonReading, refund: Fields): RefundAtChannel => {
  const lines = reading.list(refund, 'refund_line_items').map((line, i) => {
    const field = `refund_line_items[${i}].line_item_id`;
    const item = reading.part(line, 'line_item') ?? {};
    const lineId = required(reading, reading.optionalText(line, 'line_item_id') ?? reading.optionalText(item, 'id'), field);
    return { lineId, quantity: reading.units(line, 'quantity', `refund_line_items[${i}].`), goods: goodsOf(reading, line), field };
  });
  const ofReturn = reading.part(refund, 'return');
  return {
    ...{ kind: 'refund', externalOrderId: reading.text(refund, 'order_id', ''), channelRefundId: reading.text(refund, 'id', '') },
    ...{ ...moneyIn(reading, refund), lines: lines.filter(({ quantity }) => quantity > 0) },
    ...present({ channelReturnId: ofReturn && numberIn(reading, ofReturn) }),
    refundedAt: reading.time(refund, reading.optionalText(refund, 'processed_at') === undefined ? 'created_at' : 'processed_at', ''),
  };
};

/** The line of the order that a line of a return is of: under its parcel’s line, or named at once. */
const lineOfOrder = (reading: JsonReading, line: Fields): string | undefined => {
  const inParcel = reading.part(line, 'fulfillment_line_item') ?? {};
  const item = reading.part(inParcel, 'line_item') ?? reading.part(line, 'line_item');
  return (item && numberIn(reading, item)) ?? reading.optionalText(inParcel, 'line_item_id') ?? reading.optionalText(line, 'line_item_id');
};

const reasonOf = (reading: JsonReading, line: Fields): string =>
  (reading.optionalText(line, 'return_reason') ?? 'unknown').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

const returnOf = (reading: JsonReading, payload: Fields, standing: ReturnAtChannel['standing']): ReturnAtChannel => {
  const lines = reading.list(payload, 'return_line_items').map((line, i) => {
    const field = `return_line_items[${i}].fulfillment_line_item.line_item.id`;
    const quantity = reading.units(line, 'quantity', `return_line_items[${i}].`);
    return { lineId: required(reading, lineOfOrder(reading, line), field), quantity, reason: reasonOf(reading, line), field };
  });
  const time = ['updated_at', 'closed_at', 'created_at'].find((name) => reading.optionalText(payload, name) !== undefined);
  return {
    ...{ kind: 'return', externalOrderId: required(reading, orderNumberIn(payload), 'order.id') },
    ...{ channelReturnId: required(reading, numberIn(reading, payload), 'id'), standing, lines },
    ...(time === undefined ? {} : { saidAt: reading.time(payload, time, '') }),
  };
};

/** A refund or a return as the topics `refunds/create` and `returns/*` have them (shopify.dev, Webhooks): with money sets, or in the older shape without. */
export const shopifyAfterSale = (topic: string, payload: unknown): RefundAtChannel | ReturnAtChannel => {
  if (!isFields(payload)) throw invalid([{ field: 'body', code: 'MESSAGE_INVALID', message: 'must be an object' }]);
  const reading = new JsonReading();
  const standing = standingIn(topic, payload);
  const word = standing ? returnOf(reading, payload, standing) : refundOf(reading, refundIn(payload));
  reading.refuse();
  return word;
};
