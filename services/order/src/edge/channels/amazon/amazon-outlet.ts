import { createHash } from 'node:crypto';
import { ownValue, type LineQuantity } from '@cartage/contracts';
import type { ChannelOutlet, ClaimedUpdate, ToldAs, UpdateContent } from '../../../app/channels/channel-update';
import { JsonReading, type Fields } from '../json-reading';
import type { LocationNames } from '../location-names';
import { refusedByChannel } from '../refused-by-channel';
import { AmazonApi, type AmazonAccount } from './amazon-api';
import { tellByFeed } from './amazon-feeds';
import { setPrices } from './amazon-prices';
import { refundMessage } from './amazon-refunds';
import { orderAtAmazon } from './amazon-source';
import { readStock, setStock } from './amazon-stock';
import { element } from './amazon-xml';
import type { FeedEntry, FeedLog } from './feed-log';

const ACKNOWLEDGEMENT = 'POST_ORDER_ACKNOWLEDGEMENT_DATA';
const ADJUSTMENT = 'POST_PAYMENT_ADJUSTMENT_DATA';

const reading = new JsonReading();
const told = (detail: string): ToldAs => ({ status: 'told', detail });
const passedOver = (detail: string): ToldAs => ({ status: 'passed-over', detail });
const BEFORE = told('It was told before.');

interface Telling {
  readonly api: AmazonApi;
  readonly feeds: FeedLog;
  readonly update: ClaimedUpdate;
}
type Teller<Kind extends UpdateContent['kind']> = (
  telling: Telling,
  content: Extract<UpdateContent, { readonly kind: Kind }>,
) => Promise<ToldAs>;

const orderOf = async ({ api, update: { externalOrderId } }: Telling): Promise<Fields> => {
  const order = await orderAtAmazon(api, externalOrderId);
  if (order) return order;
  throw refusedByChannel([{ field: 'orderId', code: 'NOT_FOUND', message: `Amazon has no order ${externalOrderId}.` }]);
};

/** `packageReferenceId` takes positive numbers only; the same package has the same, so that telling it again changes it into itself. */
const packageNumber = (updateId: string): string =>
  String((BigInt(`0x${createHash('sha256').update(updateId).digest('hex').slice(0, 15)}`) % 10n ** 15n) + 1n);

/** Carriers by Amazon's code; another is `Other`, with its name. */
const carrierCodes: Readonly<Record<string, string>> = {
  ...{ dhl: 'DHL', ups: 'UPS', usps: 'USPS', fedex: 'FedEx', dpd: 'DPD', gls: 'GLS', hermes: 'Hermes', evri: 'Evri' },
  ...{
    'royal mail': 'Royal Mail',
    royalmail: 'Royal Mail',
    'deutsche post': 'Deutsche Post',
    bluedart: 'BlueDart',
    delhivery: 'Delhivery',
  },
};

const carrierOf = (carrier: string | undefined) => {
  const name = carrier ?? 'Self Delivery';
  const code = ownValue(carrierCodes, name.toLowerCase());
  return code === undefined ? { carrierCode: 'Other', carrierName: name } : { carrierCode: code };
};

const isThere = (order: Fields, packageReferenceId: string): boolean =>
  reading.list(order, 'packages').some((parcel) => reading.optionalText(parcel, 'packageReferenceId') === packageReferenceId);

const dispatched: Teller<'dispatched'> = async (telling, { carrier, trackingNumber, lines, dispatchedAt }) => {
  const { api, update } = telling;
  const order = await orderOf(telling);
  const packageReferenceId = packageNumber(update.updateId);
  if (isThere(order, packageReferenceId)) return BEFORE;
  const body = {
    marketplaceId: reading.optionalText(reading.part(order, 'salesChannel') ?? {}, 'marketplaceId') ?? api.marketplaces[0] ?? '',
    packageDetail: {
      ...{ packageReferenceId, ...carrierOf(carrier) },
      // Amazon wants a number of what has none, too.
      trackingNumber: trackingNumber ?? `SELF-${packageReferenceId}`,
      shipDate: dispatchedAt,
      orderItems: lines.map(({ lineId, quantity }) => ({ orderItemId: lineId, quantity })),
    },
  };
  const path = `/orders/v0/orders/${encodeURIComponent(update.externalOrderId)}/shipmentConfirmation`;
  await api.ask({ operation: 'confirmShipment', method: 'POST', path, body });
  return told('Its shipment is confirmed there.');
};

/** Amazon's reasons of a cancellation, by ours; what is not named is a general one. */
const reasons: Readonly<Record<string, string>> = {
  ...{ 'changed-mind': 'BuyerCanceled', customer: 'BuyerCanceled', 'address-unknown': 'ShippingAddressUndeliverable' },
  ...{ 'stock-short': 'NoInventory', 'shortage-overdue': 'NoInventory', 'out-of-stock': 'NoInventory', unfillable: 'NoInventory' },
};
const reasonOf = (reason: string): string => ownValue(reasons, reason) ?? 'GeneralAdjustment';

/** Of an update that was sent back to be told again, what Amazon refused is not its answer any more. */
const byFeed = async ({ api, feeds, update }: Telling, feedType: string, message: string, given?: number): Promise<FeedEntry> => {
  const { updateId, channel, attempts } = update;
  const before = await feeds.find(updateId);
  if (attempts === 1 && before?.answer && before.answer.length > 0) await feeds.remove(updateId);
  return tellByFeed(api, feeds, { updateId, channel, feedType, message, given });
};

const itemIds = (order: Fields): readonly string[] =>
  reading.list(order, 'orderItems').flatMap((item) => reading.optionalText(item, 'orderItemId') ?? []);

const isCancelled = (order: Fields): boolean =>
  reading.optionalText(reading.part(order, 'fulfillment') ?? {}, 'fulfillmentStatus') === 'CANCELLED';

const cancelled: Teller<'cancelled'> = async (telling, { reason }) => {
  const order = await orderOf(telling);
  if (isCancelled(order)) return told('It was cancelled there before.');
  const items = itemIds(order).map((id) =>
    element('Item', [element('AmazonOrderItemCode', id), element('CancelReason', reasonOf(reason))]),
  );
  const of = [element('AmazonOrderID', telling.update.externalOrderId), element('StatusCode', 'Failure'), ...items];
  await byFeed(telling, ACKNOWLEDGEMENT, element('OrderAcknowledgement', of));
  return told('It is cancelled there.');
};

const lessOf = (lines: readonly LineQuantity[], reason: string): readonly string[] =>
  lines.map(({ lineId, quantity }) =>
    element('AdjustedItem', [
      element('AmazonOrderItemCode', lineId),
      element('AdjustmentReason', reasonOf(reason)),
      element('QuantityCancelled', String(quantity)),
    ]),
  );

const unitsCancelled: Teller<'units-cancelled'> = async (telling, { lines, reason }) => {
  if (isCancelled(await orderOf(telling))) return BEFORE;
  const of = [element('AmazonOrderID', telling.update.externalOrderId), element('ActionType', 'Cancel'), ...lessOf(lines, reason)];
  await byFeed(telling, ADJUSTMENT, element('OrderAdjustment', of));
  return told('They are taken out of the order there.');
};

/** What is given is reckoned once: by the time of another try, Amazon's books may have it already. */
const refunded: Teller<'refunded'> = async (telling, refund) => {
  const before = await telling.feeds.find(telling.update.updateId);
  const isAgain = before && !(telling.update.attempts === 1 && before.answer && before.answer.length > 0);
  const { given, message } = isAgain
    ? { given: before.given ?? 0, message: before.message }
    : await refundMessage(telling.api, await orderOf(telling), telling.update, refund);
  if (given === 0) return { ...told('It was given back there before.'), given };
  await byFeed(telling, ADJUSTMENT, message, given);
  return { ...told('The money is given back there.'), given };
};

const returns = async (): Promise<ToldAs> => passedOver('Amazon takes no word of ours about its returns.');

const tellers: { readonly [Kind in UpdateContent['kind']]: Teller<Kind> } = {
  accepted: async () => passedOver('Amazon needs no acknowledgement.'),
  rejected: async () => passedOver('Amazon has no word for what a person has to do with.'),
  ...{ dispatched, cancelled, 'units-cancelled': unitsCancelled, refunded },
  ...{ 'return-approved': returns, 'return-declined': returns, 'return-closed': returns },
};

/** What a seller at Amazon tells of its orders: shipments, stock and prices at once; cancellations and refunds in feeds, which are the only way for them that Amazon publishes. */
export const amazonOutlet = (account: AmazonAccount & { readonly feedLog: FeedLog }, locations: LocationNames): ChannelOutlet => {
  const api = new AmazonApi(account);
  return {
    tell: (update) =>
      (tellers[update.content.kind] as Teller<UpdateContent['kind']>)({ api, feeds: account.feedLog, update }, update.content),
    ...(locations.size > 0
      ? { setStock: (levels) => setStock(api, locations, levels), readStock: (skus) => readStock(api, locations, skus) }
      : {}),
    setPrices: (prices) => setPrices(api, prices),
  };
};
