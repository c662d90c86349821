import type { LineQuantity, ShortLine } from '@cartage/contracts';
import type { StockFacts } from './book';
import type { ReservationEvent } from './events';
import { issued } from './issuing';
import { skusOf } from './kit';
import { asSold, requirePlaced, type Fulfillment, type Reservation } from './reservation';
import type { HandOverStock } from './reservation-command';
import { shortAt } from './shortage';

/*
 * What nobody ships: the customer has it in hand, or gets it by a link. The claim on the network becomes an issue at one location, without
 * having been allocated there. Of what is not counted nothing is on any shelf: it is handed over wherever it is.
 */

const isCounted = (line: LineQuantity): boolean => skusOf([line]).length > 0;

const unallocatedAt = (location: string): Fulfillment => ({ status: 'allocated', location, lines: [], shipments: [] });

const notThere = (lines: readonly LineQuantity[], { location }: HandOverStock['data'], facts: Facts): readonly ShortLine[] =>
  location === undefined
    ? lines.map(({ quantity, ...line }) => ({ ...line, requested: quantity, available: 0 }))
    : shortAt({ lines, location }, facts.state, facts.stock).short;

interface Facts {
  readonly state: Reservation;
  readonly stock: StockFacts;
}

export const handedOver = (data: HandOverStock['data'], facts: Facts): readonly ReservationEvent[] => {
  const { orderId, handoverId, location, reservationId, now } = data;
  requirePlaced(orderId, facts.state);
  if (facts.state.fulfillments.has(handoverId)) return [];
  const lines = asSold(facts.state, data.lines, facts.stock);
  const counted = lines.filter(isCounted);
  const short = notThere(counted, data, facts);
  if (short.length > 0) return [{ type: 'HandoverRefused', data: { orderId, handoverId, short, refusedAt: now } }];
  const issue = { orderId, fulfillmentId: handoverId, shipmentId: handoverId, lines: counted, reservationId, now };
  return [
    ...(location === undefined || counted.length === 0 ? [] : issued(issue, unallocatedAt(location), facts)),
    { type: 'StockHandedOver', data: { orderId, handoverId, lines, handedOverAt: now } },
  ];
};
