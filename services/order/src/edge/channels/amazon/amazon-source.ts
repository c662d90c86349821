import { createHash } from 'node:crypto';
import { canonicalJson, Refused } from '@cartage/eventsourcing';
import type { ChangedOrders, ChannelSource } from '../../../app/channels/channel-source';
import type { ChannelEnvelope } from '../../../app/channels/connector';
import type { OrderThere } from '../../../domain/channel-differences';
import { isFields, JsonReading, type Fields } from '../json-reading';
import { ORDER } from './amazon';
import { AmazonApi, type AmazonAccount } from './amazon-api';
import { amazonRefundSource } from './amazon-books';
import { amazonOrder } from './amazon-order';
import { amazonReturnSource } from './amazon-reports';

const ORDERS = '/orders/2026-01-01/orders';
/** With them no restricted data token is needed: the roles of the app say whether addresses are told. */
const INCLUDED = 'BUYER,RECIPIENT,PROCEEDS,CANCELLATION,FULFILLMENT,PACKAGES,PAYMENT';
/** A page has to wait for its turn when there are many: one of these is asked for every three minutes. */
const PATIENCE_MS = 10 * 60_000;
const PER_PAGE = 100;

const reading = new JsonReading();

/** The same state is the same message, however often it is asked for. */
const envelopeOf = (order: Fields): ChannelEnvelope => {
  const digest = createHash('sha256').update(canonicalJson(order)).digest('hex').slice(0, 32);
  const name = (reading.optionalText(order, 'orderId') ?? '').replaceAll(/[^\w.-]/g, '.').slice(0, 100);
  return { messageId: `${ORDER}.${name}.${digest}`, topic: ORDER, payload: order };
};

/** How an order stands there, with its packages and what of it is sent; nothing where there is none. */
export const orderAtAmazon = async (api: AmazonApi, externalOrderId: string): Promise<Fields | undefined> => {
  try {
    const path = `${ORDERS}/${encodeURIComponent(externalOrderId)}?includedData=${INCLUDED}`;
    return reading.part(await api.ask({ operation: 'getOrder', path }), 'order');
  } catch (error) {
    if (error instanceof Refused && error.errors.some(({ code }) => code === 'NotFound' || code === 'HTTP_404')) return undefined;
    throw error;
  }
};

async function* changedSince(api: AmazonApi, since: string, stopping?: AbortSignal): AsyncGenerator<ChangedOrders> {
  let page: string | undefined;
  let until = since;
  do {
    const asked = { lastUpdatedAfter: since, marketplaceIds: api.marketplaces.join(','), fulfilledBy: 'MERCHANT', includedData: INCLUDED };
    const query = new URLSearchParams({ ...asked, maxResultsPerPage: String(PER_PAGE), ...(page ? { paginationToken: page } : {}) });
    const answer = await api.ask({ operation: 'searchOrders', path: `${ORDERS}?${query}`, patienceMs: PATIENCE_MS, stopping });
    until = reading.optionalText(answer, 'lastUpdatedBefore') ?? until;
    yield { orders: reading.list(answer, 'orders').map(envelopeOf), until };
    page = reading.optionalText(reading.part(answer, 'pagination') ?? {}, 'nextToken');
  } while (page !== undefined);
}

/** What went back stands in the Finances API only, a day or two later: it is not compared. */
const standingIn = ({ payload }: ChannelEnvelope): OrderThere => {
  const { externalOrderId, changedAt, cancelled, order } = amazonOrder(payload);
  const items = isFields(payload) ? reading.list(payload, 'orderItems') : [];
  const lines = order.lines.map(({ lineId, quantity }, i) => ({
    ...{ lineId: lineId ?? '', quantity },
    shipped: reading.number(reading.part(items[i] ?? {}, 'fulfillment') ?? {}, 'quantityFulfilled'),
  }));
  return {
    externalOrderId,
    changedAt,
    cancelled: cancelled !== undefined,
    lines,
    charged: order.total ?? undefined,
    ...(order.currency === '' ? {} : { currency: order.currency }),
  };
};

/** The orders of a seller that it sends itself, as Amazon has them. */
export const amazonSource = (account: AmazonAccount): ChannelSource => {
  const api = new AmazonApi(account);
  return {
    isAsked: true,
    changedSince: (since, stopping) => changedSince(api, since, stopping),
    order: async (externalOrderId) => {
      const order = await orderAtAmazon(api, externalOrderId);
      return order && envelopeOf(order);
    },
    standingIn,
    afterSale: [amazonReturnSource(api), amazonRefundSource(api)],
  };
};
