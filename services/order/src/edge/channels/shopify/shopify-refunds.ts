import { exponentOf, majorUnits, type LineQuantity } from '@cartage/contracts';
import { minorUnitsIn } from '../json-reading';
import { refusedByChannel } from '../refused-by-channel';
import { noteOf } from './shopify-after-sale';
import { refuseIfAny, type ShopifyApi, type UserError } from './shopify-api';
import { fulfilmentsOf, orderGid, takenOf } from './shopify-fulfilments';

const MONEY = `query MoneyOfOrder($id: ID!) {
  order(id: $id) {
    cancelledAt
    refunds(first: 100) { note totalRefundedSet { presentmentMoney { amount currencyCode } } }
    transactions(first: 100) { id kind status gateway amountSet { presentmentMoney { amount currencyCode } } parentTransaction { id } }
  }
}`;

/** Mutations of refunds take a key since 2026-04: the same one is done once. */
const REFUND = `mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } }
}`;

interface MoneySet {
  readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string };
}

interface Transaction {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly gateway: string | null;
  readonly amountSet: MoneySet;
  readonly parentTransaction: { readonly id: string } | null;
}
interface Money {
  readonly order: {
    readonly cancelledAt: string | null;
    readonly refunds: readonly { readonly note: string | null; readonly totalRefundedSet: MoneySet }[];
    readonly transactions: readonly Transaction[];
  } | null;
}

export const moneyOf = async (api: ShopifyApi, externalOrderId: string): Promise<NonNullable<Money['order']>> => {
  const { order } = await api.ask<Money>(MONEY, { id: orderGid(externalOrderId) });
  if (order) return order;
  throw refusedByChannel([{ field: 'id', code: 'NOT_FOUND', message: `Shopify has no order ${externalOrderId}.` }]);
};

interface Refunding {
  readonly externalOrderId: string;
  readonly key: string;
  readonly note: string;
  readonly content: object;
}

const create = async (api: ShopifyApi, { externalOrderId, key, note, content }: Refunding): Promise<void> => {
  const input = { orderId: orderGid(externalOrderId), note, notify: false, ...content };
  const { refundCreate } = await api.ask<{ refundCreate: { userErrors: readonly UserError[] } }>(REFUND, { input, key });
  refuseIfAny(refundCreate.userErrors);
};

export interface CancelledUnits {
  readonly externalOrderId: string;
  readonly updateId: string;
  readonly lines: readonly LineQuantity[];
}

/** Units that will not ship are taken out of the order, without money: that is told when it goes back. Answers whether there was anything left to say. */
export const removeUnits = async (api: ShopifyApi, { externalOrderId, updateId, lines }: CancelledUnits): Promise<boolean> => {
  const note = noteOf('cancellation', updateId);
  const { refunds, cancelledAt } = await moneyOf(api, externalOrderId);
  if (cancelledAt !== null || refunds.some((refund) => refund.note === note)) return false;
  const taken = takenOf((await fulfilmentsOf(api, externalOrderId)).open, lines);
  const refundLineItems = taken.map(({ lineItemId, quantity, locationId }) => ({
    lineItemId,
    quantity,
    restockType: 'CANCEL',
    locationId,
  }));
  await create(api, { externalOrderId, key: updateId, note, content: { refundLineItems, transactions: [] } });
  return true;
};

const done: ReadonlySet<string> = new Set(['SUCCESS', 'PENDING']);

const unitsOf = ({ presentmentMoney: { amount, currencyCode } }: MoneySet): number => minorUnitsIn(amount, exponentOf(currencyCode)) ?? 0;
const amountOf = ({ amountSet }: Transaction): number => unitsOf(amountSet);

/** What can still be given back of each payment, the first first. */
const refundable = (transactions: readonly Transaction[]) =>
  transactions
    .filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS')
    .map((paid) => {
      const back = transactions.filter((each) => each.kind === 'REFUND' && done.has(each.status) && each.parentTransaction?.id === paid.id);
      return { paid, left: amountOf(paid) - back.reduce((sum, each) => sum + amountOf(each), 0) };
    });

export interface MoneyBack {
  readonly externalOrderId: string;
  readonly updateId: string;
  readonly refundId: string;
  readonly amount: number;
  readonly currency: string;
  readonly backInAll: number;
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** What the customer is still to have: less what went back there already, for whatever reason; nothing of what the shop never took. */
const owedBy = (transactions: readonly Transaction[], { amount, backInAll }: MoneyBack): number => {
  const back = sumOf(transactions.filter(({ kind, status }) => kind === 'REFUND' && done.has(status)).map(amountOf));
  return refundable(transactions).length === 0 ? 0 : Math.max(0, Math.min(amount, backInAll - back));
};

const partsOf = (transactions: readonly Transaction[], owed: number, { externalOrderId, currency }: MoneyBack) => {
  let left = owed;
  const orderId = orderGid(externalOrderId);
  const parts = refundable(transactions).flatMap(({ paid: { id: parentId, gateway }, left: most }) => {
    const part = Math.min(left, Math.max(most, 0));
    left -= part;
    return part > 0 ? [{ orderId, parentId, gateway, kind: 'REFUND', amount: majorUnits(part, currency) }] : [];
  });
  if (left === 0) return parts;
  const message = `Shopify holds ${majorUnits(owed - left, currency)} ${currency} of this order that can be given back, not ${majorUnits(owed, currency)}.`;
  throw refusedByChannel([{ field: 'transactions.amount', code: 'NOT_ENOUGH_LEFT', message }]);
};

/** The shop took the money, so the shop gives it back: by the ways on which it came. Answers with how much it has given for this, now or when it was told before. */
export const giveBack = async (api: ShopifyApi, back: MoneyBack): Promise<number> => {
  const { externalOrderId, updateId, refundId, currency } = back;
  const note = noteOf('refund', `${refundId} ${updateId}`);
  const { refunds, transactions } = await moneyOf(api, externalOrderId);
  const before = refunds.find((refund) => refund.note === note);
  if (before) return unitsOf(before.totalRefundedSet);
  const owed = owedBy(transactions, back);
  if (owed === 0) return 0;
  const content = { currency, transactions: partsOf(transactions, owed, back) };
  await create(api, { externalOrderId, key: updateId, note, content });
  return owed;
};
