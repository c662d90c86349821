import { majorUnits } from '@cartage/contracts';
import type { ClaimedUpdate, UpdateContent } from '../../../app/channels/channel-update';
import { JsonReading, type Fields } from '../json-reading';
import { refusedByChannel } from '../refused-by-channel';
import type { AmazonApi } from './amazon-api';
import { eventsOf, refundsIn } from './amazon-books';
import { AmazonMoney } from './amazon-money';
import { element } from './amazon-xml';

type Refund = Extract<UpdateContent, { readonly kind: 'refunded' }>;

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

/** A part of what a customer paid for an item, by Amazon's component of an adjustment. */
interface Part {
  readonly itemId: string;
  readonly type: 'Principal' | 'Shipping' | 'Tax' | 'ShippingTax';
  readonly amount: number;
}

const partsPaid = (order: Fields): readonly Part[] => {
  const reading = new JsonReading();
  const money = new AmazonMoney(reading, order);
  const parts = reading.list(order, 'orderItems').flatMap((item, i) => {
    const { price, discount, delivery, tax, deliveryTax } = money.ofItem(item, `orderItems[${i}].`);
    const itemId = reading.optionalText(item, 'orderItemId') ?? '';
    const of = (type: Part['type'], amount: number): Part => ({ itemId, type, amount });
    return [of('Principal', price - discount), of('Tax', tax), of('Shipping', delivery), of('ShippingTax', deliveryTax)];
  });
  reading.refuse();
  return parts.filter(({ amount }) => amount > 0);
};

/**
 * What went back of each item, by Amazon's books: minor units. It is told there a day later or two: what of our own stands in no event yet is in what the customer is to have
 * back by now.
 */
const backByItem = async (api: AmazonApi, externalOrderId: string): Promise<ReadonlyMap<string, number>> => {
  const reading = new JsonReading();
  const back = new Map<string, number>();
  for (const { items } of refundsIn(reading, await eventsOf(api, externalOrderId)))
    for (const { itemId, amount } of items) back.set(itemId, (back.get(itemId) ?? 0) + amount);
  return back;
};

/** What is left of each part, where so much of each item went back: of its parts the first first. */
const partsLeft = (parts: readonly Part[], back: ReadonlyMap<string, number>): readonly Part[] => {
  const gone = new Map(back);
  return parts.map((part) => {
    const taken = Math.min(part.amount, gone.get(part.itemId) ?? 0);
    gone.set(part.itemId, (gone.get(part.itemId) ?? 0) - taken);
    return { ...part, amount: part.amount - taken };
  });
};

const partsOf = (left: readonly Part[], owed: number): readonly Part[] => {
  let rest = owed;
  return left.flatMap((part) => {
    const amount = Math.min(part.amount, rest);
    rest -= amount;
    return amount > 0 ? [{ ...part, amount }] : [];
  });
};

const adjusted = (parts: readonly Part[], { refundId, currency }: Refund): readonly string[] =>
  [...new Set(parts.map(({ itemId }) => itemId))].map((itemId) => {
    const components = parts
      .filter((part) => part.itemId === itemId)
      .map(({ type, amount }) =>
        element('Component', [element('Type', type), element('Amount', majorUnits(amount, currency), { currency })]),
      );
    return element('AdjustedItem', [
      element('AmazonOrderItemCode', itemId),
      element('MerchantAdjustmentItemID', refundId),
      element('AdjustmentReason', 'GeneralAdjustment'),
      element('ItemPriceAdjustments', components),
    ]);
  });

export interface RefundMessage {
  /** Minor units; 0: it was given before, and there is nothing to tell. */
  readonly given: number;
  readonly message: string;
}

/** An order adjustment by what was paid for each item; less what Amazon gave back by itself. */
export const refundMessage = async (api: AmazonApi, order: Fields, update: ClaimedUpdate, refund: Refund): Promise<RefundMessage> => {
  const { externalOrderId, backInAll } = update;
  const { amount, currency } = refund;
  const back = await backByItem(api, externalOrderId);
  const given = Math.max(0, Math.min(amount, backInAll - sum([...back.values()])));
  const left = partsLeft(partsPaid(order), back);
  const most = sum(left.map((part) => part.amount));
  if (given > most) {
    const message = `Amazon holds ${majorUnits(most, currency)} ${currency} of this order that can be given back, not ${majorUnits(given, currency)}.`;
    throw refusedByChannel([{ field: 'ItemPriceAdjustments', code: 'NOT_ENOUGH_LEFT', message }]);
  }
  const parts = adjusted(partsOf(left, given), refund);
  return {
    given,
    message: element('OrderAdjustment', [element('AmazonOrderID', externalOrderId), element('ActionType', 'Refund'), ...parts]),
  };
};
