import { unitsBySku, withParts, type LineQuantity } from '@cartage/contracts';
import { withLevels, type StockFacts } from './book';
import type { ReservationEvent } from './events';
import { asGone, missingOf, type Fulfillment, type Reservation } from './reservation';
import type { IssueStock } from './reservation-command';
import type { Stock } from './stock';

/*
 * That goods left is a fact, whoever had a claim on them: it is booked even where a loss, a rejection or a cancellation had taken the claim away
 * just before. The order's own claims elsewhere on the network go first, then what nobody has a claim on. Where the books had no unit left for
 * it, whatever took it off them was wrong: it is found again, rather than taken from another order that is promised it.
 */

/** Units of a line that left beyond what was allocated for them. */
interface Beyond extends LineQuantity {
  /** The order had reserved so many of them. */
  readonly reserved: number;
  /** The order waited for so many of them. */
  readonly waited: number;
}

const beyondOf = (lines: readonly LineQuantity[], fulfillment: Fulfillment, { lines: claims }: Reservation): readonly Beyond[] => {
  const allocated = new Map(fulfillment.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  return lines.flatMap((line) => {
    const quantity = line.quantity - (allocated.get(line.lineId) ?? 0);
    if (quantity <= 0) return [];
    const claim = claims.get(line.lineId);
    const reserved = Math.min(quantity, claim?.reserved ?? 0);
    return [{ ...line, quantity, reserved, waited: claim ? Math.min(quantity - reserved, missingOf(claim)) : 0 }];
  });
};

/** Units that the books have to find at the location before these can leave it. */
export const foundBefore = (
  { fulfillmentId, lines }: Pick<IssueStock['data'], 'fulfillmentId' | 'lines'>,
  state: Reservation,
  stock: StockFacts,
): readonly (Pick<Stock, 'sku' | 'location'> & { readonly quantity: number })[] => {
  const fulfillment = state.fulfillments.get(fulfillmentId);
  if (!fulfillment) return [];
  const { location } = fulfillment;
  const beyond = beyondOf(asGone(state, lines, stock), fulfillment, state);
  const reserved = unitsBySku(beyond.map((line) => ({ ...line, quantity: line.reserved })));
  return [...unitsBySku(beyond)]
    .map(([sku, units]) => ({ sku, location, quantity: units - freeFor(reserved.get(sku) ?? 0, { sku, location }, stock) }))
    .filter(({ quantity }) => quantity > 0);
};

/** What may leave a location without a claim at it, and without breaking the promise to anybody else. */
const freeFor = (reserved: number, cell: { readonly sku: string; readonly location: string }, stock: StockFacts): number => {
  const here = stock.at(cell);
  if (!here) return 0;
  const there = here.onHand - here.allocated;
  if (!here.active) return there;
  const network = stock.over(cell.sku);
  return Math.min(there, network.onHand - network.allocated - network.reserved + reserved);
};

/** What left the location. Units that the order waited for are told as reserved first: it waits for them no more. */
export const issued = (
  { fulfillmentId, shipmentId, lines, orderId, reservationId, now }: IssueStock['data'],
  fulfillment: Fulfillment,
  { state, stock }: { readonly state: Reservation; readonly stock: StockFacts },
): readonly ReservationEvent[] => {
  const beyond = beyondOf(lines, fulfillment, state);
  const waited = beyond
    .filter((line) => line.waited > 0)
    .map(({ lineId, sku, parts, waited: quantity }) => withParts({ lineId, sku, quantity }, parts));
  const reserve = { orderId, reservationId: state.reservationId ?? reservationId, lines: waited, reservedAt: now };
  const unallocated = beyond.map(({ waited: units, ...line }) => ({ ...line, reserved: line.reserved + units }));
  const issue = { orderId, fulfillmentId, shipmentId, location: fulfillment.location, lines, levels: [], issuedAt: now };
  return [
    ...(waited.length > 0 ? [{ type: 'StockReserved' as const, data: reserve }] : []),
    withLevels(stock, { type: 'StockIssued', data: unallocated.length > 0 ? { ...issue, unallocated } : issue }),
  ];
};
