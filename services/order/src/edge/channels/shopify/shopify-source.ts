import { createHash } from 'node:crypto';
import { Away, canonicalJson, Throttled, type Clock } from '@cartage/eventsourcing';
import { asked, type HttpAnswer } from '@cartage/service-kit';
import type { ChangedOrders, ChannelSource } from '../../../app/channels/channel-source';
import type { ChannelEnvelope } from '../../../app/channels/connector';
import type { OrderThere } from '../../../domain/channel-differences';
import { isFields, JsonReading, type Fields } from '../json-reading';
import { refusedByChannel } from '../refused-by-channel';
import { ShopifyMoney } from './shopify-money';
import { shopifyOrder } from './shopify-order';
import { unitsSentIn } from './shopify-sent';

export interface ShopifySourceAccount {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
}

/** The REST Admin API writes orders as webhooks do: what is asked for is read as what is posted. */
const ORDERS = '/admin/api/2026-10/orders';
const TOPIC = 'orders/updated';
const PER_PAGE = 250;

const reading = new JsonReading();

const envelopeOf = (order: Fields): ChannelEnvelope => {
  const digest = createHash('sha256').update(canonicalJson(order)).digest('hex').slice(0, 32);
  return { messageId: `asked.${reading.optionalText(order, 'id') ?? ''}.${digest}`, topic: TOPIC, payload: order };
};

/** `Link: <…page_info=…>; rel="next"`. */
const nextIn = ({ headers }: HttpAnswer): string | undefined => /<([^>]+)>;\s*rel="next"/.exec(headers.get('link') ?? '')?.[1];

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

const refundedIn = (order: Fields): number => {
  const money = new ShopifyMoney(reading, order);
  const back = reading
    .list(order, 'refunds')
    .flatMap((refund) => reading.list(refund, 'transactions'))
    .filter(({ kind, status }) => kind === 'refund' && (status === 'success' || status === 'pending'));
  return sum(back.map((each) => money.amount(each, 'amount', 'refunds.transactions.')));
};

const standingIn = ({ payload }: ChannelEnvelope): OrderThere => {
  const { externalOrderId, changedAt, cancelled, order } = shopifyOrder(payload);
  const fields = isFields(payload) ? payload : {};
  const shipped = unitsSentIn(fields);
  const lines = order.lines.map(({ lineId, quantity }) => ({ lineId: lineId ?? '', quantity, shipped: shipped.get(lineId ?? '') ?? 0 }));
  return {
    externalOrderId,
    changedAt,
    cancelled: cancelled !== undefined,
    lines,
    refunded: refundedIn(fields),
    charged: order.total ?? undefined,
    currency: order.currency,
  };
};

/** So long it waits in all until it may ask a question: two a second are what the REST Admin API takes for long. */
const PATIENCE_MS = 60_000;
const LEAST_PAUSE_MS = 500;

const patiently = async (clock: Clock, ask: () => Promise<HttpAnswer>): Promise<HttpAnswer> => {
  for (let left = PATIENCE_MS; ;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Throttled) || error.forMs > left) throw error;
      const ms = Math.max(error.forMs, LEAST_PAUSE_MS);
      left -= ms;
      await clock.pause(ms);
    }
  }
};

/** The shop is frozen, or locked: somebody is at work on it. */
const awayStatuses: ReadonlySet<number> = new Set([402, 423]);

const bodyIn = ({ status, body }: HttpAnswer): Fields => {
  if (awayStatuses.has(status)) throw new Away(`Shopify answers HTTP ${status}.`);
  if (status >= 400) throw refusedByChannel([{ field: 'orders', code: `HTTP_${status}`, message: 'Shopify tells no orders.' }]);
  try {
    const read: unknown = JSON.parse(body);
    return isFields(read) ? read : {};
  } catch (error) {
    throw new Away('Shopify answers with something that is no JSON.', { cause: error });
  }
};

/** The orders of a shop at Shopify. It posts them by itself: it is asked to compare, and for what never came. */
export const shopifySource = ({ url, token, clock }: ShopifySourceAccount): ChannelSource => {
  const ask = async (address: string): Promise<{ readonly answer: HttpAnswer; readonly body: Fields } | undefined> => {
    const init = { headers: { 'x-shopify-access-token': token } };
    const answer = await patiently(clock, () => asked(address, init, () => clock.now()));
    return answer.status === 404 ? undefined : { answer, body: bodyIn(answer) };
  };
  async function* changedSince(since: string): AsyncGenerator<ChangedOrders> {
    const until = clock.now().toISOString();
    const query = new URLSearchParams({ status: 'any', updated_at_min: since, limit: String(PER_PAGE) });
    for (let page: string | undefined = `${url}${ORDERS}.json?${query}`; page !== undefined;) {
      const told = await ask(page);
      yield { orders: told ? reading.list(told.body, 'orders').map(envelopeOf) : [], until };
      page = told && nextIn(told.answer);
    }
  }
  return {
    isAsked: false,
    changedSince,
    order: async (externalOrderId) => {
      const order = reading.part((await ask(`${url}${ORDERS}/${encodeURIComponent(externalOrderId)}.json`))?.body ?? {}, 'order');
      return order && envelopeOf(order);
    },
    standingIn,
  };
};
