import { ownValue } from '@cartage/contracts';
import type { ChannelOutlet, ChannelUpdate, ClaimedUpdate, ToldAs, UpdateContent } from '../../../app/channels/channel-update';
import type { LocationNames } from '../location-names';
import { refuseIfAny, ShopifyApi, type ShopifyAccount, type UserError } from './shopify-api';
import { dispatch, orderGid } from './shopify-fulfilments';
import { setPrices } from './shopify-prices';
import { giveBack, moneyOf, removeUnits } from './shopify-refunds';
import { takeReturnOn, type ReturnStep } from './shopify-returns';
import { readStock, setStock } from './shopify-stock';

/** Shopify has no word for that an order was taken over: its staff finds them by these tags. Adding a tag that is there changes nothing. */
const tags = { accepted: 'cartage-accepted', rejected: 'cartage-rejected' } as const;

const TAG = `mutation Tag($id: ID!, $add: [String!]!, $remove: [String!]!) {
  tagsAdd(id: $id, tags: $add) { userErrors { field message } }
  tagsRemove(id: $id, tags: $remove) { userErrors { field message } }
}`;

const CANCEL = `mutation Cancel($orderId: ID!, $reason: OrderCancelReason!, $refundMethod: OrderCancelRefundMethodInput!, $staffNote: String) {
  orderCancel(orderId: $orderId, reason: $reason, refundMethod: $refundMethod, restock: true, notifyCustomer: false, staffNote: $staffNote) {
    job { id }
    orderCancelUserErrors { field message code }
  }
}`;

/** Shopify's reasons, by ours; what is not named is `OTHER`. */
const reasons: Readonly<Record<string, string>> = {
  ...{ 'changed-mind': 'CUSTOMER', customer: 'CUSTOMER', fraud: 'FRAUD', 'payment-rejected': 'DECLINED', 'payment-declined': 'DECLINED' },
  ...{ 'stock-short': 'INVENTORY', 'shortage-overdue': 'INVENTORY', 'out-of-stock': 'INVENTORY', unfillable: 'INVENTORY' },
};

type Teller<Kind extends UpdateContent['kind']> = (
  api: ShopifyApi,
  update: ClaimedUpdate,
  content: Extract<UpdateContent, { readonly kind: Kind }>,
) => Promise<ToldAs>;

const told = (detail: string): ToldAs => ({ status: 'told', detail });
const unless = (isNew: boolean, detail: string): ToldAs => told(isNew ? detail : 'It was told before.');

const tag = async (
  api: ShopifyApi,
  { externalOrderId }: ChannelUpdate,
  { add, remove }: Record<'add' | 'remove', string>,
): Promise<ToldAs> => {
  type Answer = Record<'tagsAdd' | 'tagsRemove', { readonly userErrors: readonly UserError[] }>;
  const { tagsAdd, tagsRemove } = await api.ask<Answer>(TAG, { id: orderGid(externalOrderId), add: [add], remove: [remove] });
  refuseIfAny([...tagsAdd.userErrors, ...tagsRemove.userErrors]);
  return told(`It is tagged ${add}.`);
};

const cancel: Teller<'cancelled'> = async (api, { externalOrderId }, { reason }) => {
  if ((await moneyOf(api, externalOrderId)).cancelledAt !== null) return told('It was cancelled there before.');
  type Answer = { readonly orderCancel: { readonly orderCancelUserErrors: readonly UserError[] } };
  const { orderCancel } = await api.ask<Answer>(CANCEL, {
    orderId: orderGid(externalOrderId),
    reason: ownValue(reasons, reason) ?? 'OTHER',
    // What goes back is told when payment has given it back: never twice.
    refundMethod: { originalPaymentMethodsRefund: false },
    staffNote: `Cartage: ${reason}`,
  });
  refuseIfAny(orderCancel.orderCancelUserErrors);
  return told('It is cancelled there.');
};

const onReturn = async (api: ShopifyApi, step: ReturnStep, detail: string): Promise<ToldAs> =>
  unless(await takeReturnOn(api, step), detail);

const tellers: { readonly [Kind in UpdateContent['kind']]: Teller<Kind> } = {
  accepted: (api, update) => tag(api, update, { add: tags.accepted, remove: tags.rejected }),
  rejected: (api, update) => tag(api, update, { add: tags.rejected, remove: tags.accepted }),
  dispatched: async (api, { externalOrderId, attempts }, parcel) =>
    unless((await dispatch(api, externalOrderId, { parcel, isRepeat: attempts > 1 })) > 0, 'It is fulfilled there.'),
  'units-cancelled': async (api, { externalOrderId, updateId }, { lines }) =>
    unless(await removeUnits(api, { externalOrderId, updateId, lines }), 'They are taken out of the order there.'),
  cancelled: cancel,
  refunded: async (api, { externalOrderId, updateId, backInAll }, { refundId, amount, currency }) => {
    const given = await giveBack(api, { externalOrderId, updateId, refundId, amount, currency, backInAll });
    return { ...unless(given > 0, 'The money is given back there.'), given };
  },
  'return-approved': (api, _, { channelReturnId }) => onReturn(api, { step: 'approve', channelReturnId }, 'It may come, it is told there.'),
  'return-declined': (api, _, { channelReturnId, reason }) =>
    onReturn(api, { step: 'decline', channelReturnId, reason }, 'It is declined there.'),
  'return-closed': (api, _, { channelReturnId }) => onReturn(api, { step: 'close', channelReturnId }, 'It is closed there.'),
};

/**
 * What a shop at Shopify is told, by its GraphQL Admin API. Whatever the API keeps no key for is looked up first, each time: another process may have told it and died.
 * Refusals are thrown (`Refused`) with the fields of Shopify's `userErrors`.
 */
export const shopifyOutlet = (account: ShopifyAccount, locations: LocationNames): ChannelOutlet => {
  const api = new ShopifyApi(account);
  return {
    tell: (update) => (tellers[update.content.kind] as Teller<UpdateContent['kind']>)(api, update, update.content),
    ...(locations.size > 0
      ? {
          setStock: (levels, key) => setStock(api, locations, { levels, key }),
          readStock: (skus) => readStock(api, locations, skus),
        }
      : {}),
    setPrices: (prices) => setPrices(api, prices),
  };
};
