import { Refused, type DataOf } from '@cartage/eventsourcing';
import type { ExchangeIds, ReturnCommand } from './commands';
import type { ReturnEvent } from './events';
import { evolve } from './evolve';
import type { Exchange } from './exchange';
import type { ReturnPolicy } from './policy';
import { givenBack, isGivenBack } from './repayment';
import { reckonedAsSaid } from './repaying';
import { itemKey, type ReturnLine } from './return-line';
import type { Sale } from './sale';
import type { OrderReturns, Rma } from './state';
import { endOfDays } from './window';

interface OnReturn {
  readonly orderId: string;
  readonly returnId: string;
  readonly now: string;
}

const GRACE_DAYS = 14;

const settleBy = ({ sale, policy }: { readonly sale: Sale; readonly policy: ReturnPolicy }, line: ReturnLine, now: string): string => {
  const group = sale.lines.find(({ lineId }) => lineId === line.lineId)?.shipGroupId;
  const place = sale.deliveries.find(({ shipGroupId }) => shipGroupId === group) ?? {};
  return endOfDays(policy.exchangeDays ?? policy.authorizationDays + GRACE_DAYS, now, place);
};

/** Lines that are allowed now, and that the customer wants other goods for. */
const linesToExchange = (rma: Rma, facts: readonly ReturnEvent[]): readonly ReturnLine[] => {
  const allowed = new Set(facts.flatMap((fact) => (fact.type === 'ReturnAuthorized' ? fact.data.lines.map(itemKey) : [])));
  return rma.lines.filter((line) => line.exchangeFor && line.unannouncedIn === undefined && allowed.has(itemKey(line)));
};

type Wanted = DataOf<ReturnEvent, 'ExchangeRequested'>['lines'][number];

const linesOf = (lines: readonly ReturnLine[], paid: readonly number[]): readonly Wanted[] =>
  lines.map(({ lineId = '', sku, asked, exchangeFor = [] }, i) => ({
    ...{ lineId, sku, quantity: asked, paid: paid[i] ?? 0 },
    wanted: exchangeFor.map(({ unitPrice, ...goods }) => ({ ...goods, ...(unitPrice === undefined ? {} : { unitPrice }) })),
  }));

/** What was allowed, and the exchange that is asked for with it. */
export const withExchange = (
  state: OrderReturns,
  { exchange, ...on }: OnReturn & { readonly exchange?: ExchangeIds },
  facts: readonly ReturnEvent[],
): readonly ReturnEvent[] => {
  const after = facts.reduce(evolve, state);
  const { sale, policy } = after;
  const rma = after.rmas.get(on.returnId);
  if (!exchange || !sale || !policy || !rma) return facts;
  const lines = linesToExchange(rma, facts);
  const [first] = lines;
  if (!first) return facts;
  const { paid, back } = reckonedAsSaid(after, { sale, policy }, lines);
  const { now, ...of } = on;
  const asked: ReturnEvent = {
    type: 'ExchangeRequested',
    data: {
      ...{ orderId: of.orderId, returnId: of.returnId, ...exchange, lines: linesOf(lines, paid), currency: sale.currency, credit: back },
      ...{ advance: rma.advance ?? false, settleBy: settleBy({ sale, policy }, first, now), requestedAt: now },
    },
  };
  return [...facts, asked];
};

const isDone = ({ standing, settled, asked, received }: ReturnLine): boolean =>
  standing === 'declined' || settled >= Math.max(asked, received);

/** Units of it that were asked for, or came all the same. */
const linesIn = (rma: Rma, { lines }: Exchange): readonly ReturnLine[] => {
  const items = new Set(lines.map(itemKey));
  return rma.lines.filter((line) => items.has(itemKey(line)));
};

const settledNow = (rma: Rma, exchange: Exchange, { orderId, now }: Omit<OnReturn, 'returnId'>): readonly ReturnEvent[] => {
  const lines = linesIn(rma, exchange);
  const refunds = [...exchange.refunds].flatMap((refundId) => rma.refunds.get(refundId) ?? []);
  if (exchange.settled || !lines.every(isDone) || !refunds.every(isGivenBack)) return [];
  const { exchangeId, returnId, replacementOrderId, currency, credit: expected } = exchange;
  const amount = refunds.reduce((sum, refund) => sum + givenBack(refund), 0);
  const outcome = lines.some(({ settled }) => settled > 0) ? 'credited' : 'lapsed';
  return [
    {
      type: 'ExchangeSettled',
      data: { orderId, exchangeId, returnId, replacementOrderId, currency, amount, outcome, expected, settledAt: now },
    },
  ];
};

/** Exchanges of a return of which nothing more is to come: all was decided about, and has been paid into them. */
const settlingExchanges = (state: OrderReturns, { orderId, returnId, now }: OnReturn): readonly ReturnEvent[] => {
  const rma = state.rmas.get(returnId);
  if (!rma || state.exchanges.size === 0) return [];
  return [...state.exchanges.values()]
    .filter((exchange) => exchange.returnId === returnId)
    .flatMap((exchange) => settledNow(rma, exchange, { orderId, now }));
};

/** These facts, and the exchanges that they settle. */
export const settling = (state: OrderReturns, on: OnReturn, facts: readonly ReturnEvent[]): readonly ReturnEvent[] => {
  if (state.exchanges.size === 0 && !facts.some(({ type }) => type === 'ExchangeRequested')) return facts;
  return [...facts, ...settlingExchanges(facts.reduce(evolve, state), on)];
};

export const noticeExchangeOverdue = (
  { orderId, exchangeId, now }: DataOf<ReturnCommand, 'NoticeExchangeOverdue'>,
  { exchanges }: OrderReturns,
): readonly ReturnEvent[] => {
  const exchange = exchanges.get(exchangeId);
  if (!exchange) throw new Refused('EXCHANGE_UNKNOWN', `There is no exchange ${exchangeId}.`, 'unknown');
  if (exchange.settled || exchange.isOverdue) return [];
  const { returnId, replacementOrderId, advance, settleBy: until } = exchange;
  return [
    {
      type: 'ExchangeOverdue',
      data: { orderId, exchangeId, returnId, replacementOrderId, advance, settleBy: until, noticedAt: now },
    },
  ];
};
