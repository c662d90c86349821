import { createHash } from 'node:crypto';
import { canonicalJson } from '@cartage/eventsourcing';
import type { AfterSaleSource, ChangedAfterSale } from '../../../app/channels/channel-source';
import type { ChannelEnvelope, RefundsAtChannel } from '../../../app/channels/connector';
import { grouped } from '../../../app/channels/grouped';
import { invalid, isFields, JsonReading, type Fields } from '../json-reading';
import type { AmazonApi } from './amazon-api';

const FINANCES = '/finances/v0';
/** The topic of what went back of an order, by the books. */
export const REFUNDS = 'order-refunds';
/** Money that its customer has: given by the seller or by Amazon, or won of Amazon's guarantee. */
const LISTS = ['RefundEventList', 'GuaranteeClaimEventList'] as const;

const HOUR_MS = 3_600_000;
/** An event is told up to two days after it was posted. */
const DATED_BACK_MS = 72 * HOUR_MS;
const EVERY_MS = HOUR_MS / 2;
/** Amazon answers up to two minutes before now, of half a year at most. */
const SETTLED_MS = 3 * 60_000;
const LONGEST_MS = 179 * 24 * HOUR_MS;
const PATIENCE_MS = 10 * 60_000;
const PER_PAGE = '100';

interface ItemBack {
  readonly itemId: string;
  readonly quantity: number;
  readonly amount: number;
  readonly currency: string;
  readonly adjustmentId: string | undefined;
  /** Where it stands in the message. */
  readonly field: string;
}

/** A refund event: what its customer had back with it; below zero where it was taken back. */
interface RefundEvent {
  readonly name: string;
  readonly postedAt: string;
  readonly items: readonly ItemBack[];
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);

/** The seller's account loses what its customer gains, and gets back the promotions that were paid for it. */
const itemIn = (reading: JsonReading, item: Fields, at: string): ItemBack => {
  const parts = [
    ...reading.list(item, 'ItemChargeAdjustmentList').map((charge) => reading.part(charge, 'ChargeAmount') ?? {}),
    ...reading.list(item, 'PromotionAdjustmentList').map((promotion) => reading.part(promotion, 'PromotionAmount') ?? {}),
  ];
  const currency = parts.flatMap((part) => reading.optionalText(part, 'CurrencyCode') ?? []).at(0) ?? '';
  const amounts = parts.map((part) => reading.amount(part['CurrencyAmount'], currency, `${at}ItemChargeAdjustmentList.ChargeAmount`));
  return {
    ...{ itemId: reading.text(item, 'OrderItemId', at), quantity: Math.abs(reading.number(item, 'QuantityShipped') ?? 0), currency },
    ...{ amount: -sum(amounts), adjustmentId: reading.optionalText(item, 'OrderAdjustmentItemId'), field: `${at}OrderItemId` },
  };
};

const nameOf = (event: Fields, items: readonly ItemBack[]): string => {
  const [first] = items.flatMap(({ adjustmentId }) => adjustmentId ?? []).toSorted();
  return first ?? createHash('sha256').update(canonicalJson(event)).digest('hex').slice(0, 32);
};

/** The first first. */
export const refundsIn = (reading: JsonReading, events: Fields): readonly RefundEvent[] =>
  LISTS.flatMap((list) =>
    reading.list(events, list).map((event, i): RefundEvent => {
      const at = `${list}[${i}].`;
      const items = reading
        .list(event, 'ShipmentItemAdjustmentList')
        .map((item, k) => itemIn(reading, item, `${at}ShipmentItemAdjustmentList[${k}].`));
      return { name: nameOf(event, items), postedAt: reading.time(event, 'PostedDate', at), items };
    }),
  ).toSorted((one, other) => (one.postedAt < other.postedAt ? -1 : Number(one.postedAt > other.postedAt)));

const refundIn = ({ name, postedAt, items }: RefundEvent): RefundsAtChannel['refunds'][number] => ({
  ...{ channelRefundId: name, amount: sum(items.map(({ amount }) => amount)), currency: items.at(0)?.currency ?? '' },
  lines: items.flatMap(({ itemId, quantity, field }) => (quantity > 0 ? [{ lineId: itemId, quantity, field }] : [])),
  refundedAt: postedAt,
});

/** What went back of an order, as the Finances API (v0) has it. */
export const amazonRefunds = (payload: unknown): RefundsAtChannel => {
  if (!isFields(payload)) throw invalid([{ field: 'body', code: 'MESSAGE_INVALID', message: 'must be the financial events of an order' }]);
  const reading = new JsonReading();
  const externalOrderId = reading.text(payload, 'AmazonOrderId', '');
  const refunds = refundsIn(reading, payload).map(refundIn);
  reading.refuse();
  return { kind: 'refunds', externalOrderId, refunds };
};

const financialEventsIn = (reading: JsonReading, answer: Fields): Fields =>
  reading.part(reading.part(answer, 'payload') ?? {}, 'FinancialEvents') ?? {};

/** Of one order, all of them. */
export const eventsOf = async (api: AmazonApi, externalOrderId: string): Promise<Fields> => {
  const path = `${FINANCES}/orders/${encodeURIComponent(externalOrderId)}/financialEvents`;
  const answer = await api.ask({ operation: 'listFinancialEventsByOrderId', path, patienceMs: PATIENCE_MS });
  return financialEventsIn(new JsonReading(), answer);
};

const digestOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);

const envelopeOf = async (api: AmazonApi, externalOrderId: string): Promise<ChannelEnvelope> => {
  const events = await eventsOf(api, externalOrderId);
  const payload = { AmazonOrderId: externalOrderId, ...Object.fromEntries(LISTS.map((list) => [list, events[list] ?? []])) };
  return {
    messageId: `${REFUNDS}.${externalOrderId.replaceAll(/[^\w.-]/g, '.').slice(0, 100)}.${digestOf(payload)}`,
    topic: REFUNDS,
    payload,
  };
};

interface NamedEvent {
  readonly orderId: string;
  readonly name: string;
}

/** Events of a page, by what they say. */
const namedIn = (events: Fields): readonly NamedEvent[] => {
  const reading = new JsonReading();
  return LISTS.flatMap((list) => reading.list(events, list)).flatMap((event) => {
    const orderId = reading.optionalText(event, 'AmazonOrderId');
    return orderId === undefined ? [] : [{ orderId, name: `${orderId} ${digestOf(event)}` }];
  });
};

interface Span {
  readonly since: string;
  readonly before: string;
}

async function* pages(api: AmazonApi, { since, before }: Span, stopping?: AbortSignal): AsyncGenerator<Fields> {
  const reading = new JsonReading();
  let query = new URLSearchParams({ PostedAfter: since, PostedBefore: before, MaxResultsPerPage: PER_PAGE });
  for (let next: string | undefined = ''; next !== undefined;) {
    const answer = await api.ask({
      operation: 'listFinancialEvents',
      path: `${FINANCES}/financialEvents?${query}`,
      ...{ patienceMs: PATIENCE_MS, stopping },
    });
    yield financialEventsIn(reading, answer);
    next = reading.optionalText(reading.part(answer, 'payload') ?? {}, 'NextToken');
    query = new URLSearchParams({ NextToken: next ?? '' });
  }
}

const lastBefore = (api: AmazonApi, since: string): string =>
  new Date(Math.min(api.clock.now().getTime() - SETTLED_MS, Date.parse(since) + LONGEST_MS)).toISOString();

/**
 * Of which order something went back lately; how all of it stands is asked of each, once as long as nothing more comes. All pages first: the name of the next one holds for
 * three minutes, and a page of orders may take longer than that.
 */
export const amazonRefundSource = (api: AmazonApi): AfterSaleSource => {
  let known = new Set<string>();
  async function* changedSince(since: string, stopping?: AbortSignal): AsyncGenerator<ChangedAfterSale> {
    const before = lastBefore(api, since);
    if (before <= since) return;
    const seen: NamedEvent[] = [];
    for await (const events of pages(api, { since, before }, stopping)) {
      seen.push(...namedIn(events));
      yield { words: [], until: since };
    }
    const news = seen.filter(({ name }) => !known.has(name));
    for (const [orderId, events] of grouped(news, (event) => event.orderId)) {
      yield { words: [await envelopeOf(api, orderId)], until: since };
      // It was taken; should another one fail, this one is not asked for again.
      for (const { name } of events) known.add(name);
    }
    known = new Set(seen.map(({ name }) => name));
    yield { words: [], until: before };
  }
  return { name: 'refunds', everyMs: EVERY_MS, overlapMs: DATED_BACK_MS, changedSince };
};
