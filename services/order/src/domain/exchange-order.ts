import { EXCHANGE, sharesOf, type ReturnEvent } from '@cartage/contracts';
import type { DataOf } from '@cartage/eventsourcing';
import { listVersion, type ListedPrice } from './admission';
import { atPrice, evenly, type Like } from './exchange-pricing';
import { present } from './present';
import { totalsOf } from './pricing';
import { Faults } from './faults';
import { replacing } from './replacement';
import type { PlacedOrder, Placing } from './state';

type Exchange = DataOf<ReturnEvent, 'ExchangeRequested'>;
type Line = Placing['lines'][number];

export interface ExchangeOrderRequest {
  readonly exchange: Exchange;
  /** Of what the goods that come back pay, and of what the customer pays beyond it. */
  readonly paymentIds: readonly [credit: string, difference: string];
  /** By which price list a SKU is sold to this ship group now, and for how much; nothing where none has it. */
  readonly priceOf: (line: Pick<Line, 'sku' | 'shipGroupId'>) => Pick<ListedPrice, 'list' | 'revision' | 'unitPrice'> | undefined;
}

const likeOf = (line: Line | undefined, taxIncluded: boolean): Like => ({
  ...{ taxLines: line?.taxLines ?? [], total: line?.total ?? 0, taxIncluded },
});

const linesOf = ({ sold, placed: { taxIncluded } }: PlacedOrder, { exchange, priceOf }: ExchangeOrderRequest): readonly Line[] => {
  const known = new Map(sold.lines.map((line) => [line.lineId, line]));
  const lines = exchange.lines.flatMap(({ lineId, wanted, paid }) => {
    const line = known.get(lineId);
    const like = likeOf(line, taxIncluded);
    const shipGroupId = line?.shipGroupId ?? sold.shipGroups[0]?.shipGroupId ?? '';
    const shares = sharesOf(
      paid,
      wanted.map(({ quantity }) => quantity),
    );
    return wanted.map(({ sku, quantity, unitPrice }, i) => {
      const listed = unitPrice === undefined ? priceOf({ sku, shipGroupId }) : undefined;
      const price = unitPrice ?? listed?.unitPrice;
      const priced = price === undefined ? evenly(shares[i] ?? 0, quantity, like) : atPrice(price, quantity, like);
      return { sku, quantity, ...priced, ...present({ priceList: listed && listVersion(listed) }), shipGroupId };
    });
  });
  return lines.map((line, i) => ({ lineId: String(i + 1), ...line }));
};

/** What comes back pays as much as it can; what the other goods cost beyond it, the customer pays by a link. */
const paymentsOf = ({ exchange: { credit }, paymentIds: [first, second] }: ExchangeOrderRequest, total: number): Placing['payments'] => {
  const amount = Math.min(credit, total);
  const paid = { paymentId: first, method: EXCHANGE, amount };
  return total > amount ? [paid, { paymentId: second, method: 'pay_link', amount: total - amount }] : [paid];
};

/**
 * Other goods for those that come back, to the same person and place: an order of its own, so that stock, routing and shipping know it as any other. At the price that was said to
 * the customer, or that price lists have now; where neither says one, for what was paid for what comes back. It is delivered for nothing.
 */
export const exchangeOrderOf = (order: PlacedOrder, request: ExchangeOrderRequest): Placing => {
  const { exchangeId, replacementOrderId, advance, settleBy } = request.exchange;
  const lines = linesOf(order, request);
  const { orderId, taxIncluded } = order.placed;
  const totals = totalsOf({ faults: new Faults(request.exchange.requestedAt), taxIncluded }, lines, []);
  return {
    ...replacing(order, lines),
    ...{ orderId: replacementOrderId, totals, payments: paymentsOf(request, totals.total) },
    replaces: { orderId, exchange: { exchangeId, advance, settleBy } },
  };
};
