import { Trouble } from '../../client/client';
import { BadCell, type Cells, dayNumber, weekdayOf } from '../input/cells';
import type { Lane } from '@cartage/order/lead-times';

/** An order that was delivered. */
export interface Delivery {
  readonly lane: Lane;
  readonly ordered: number;
  /** Days from the day of the order to that of the delivery. */
  readonly days: number;
  /** Days that had been promised. */
  readonly promised: number | undefined;
}

const LONGEST_DAYS = 3660;

export const deliveryOf = (cells: Cells): Delivery => {
  const [ordered, delivered] = [dayNumber(cells.instant('ordered_at')), dayNumber(cells.instant('delivered_at'))];
  const promised = cells.optionalInstant('promised_at');
  const days = delivered - ordered;
  if (days < 0) throw new BadCell('delivered_at', 'is before ordered_at');
  if (days > LONGEST_DAYS) throw new BadCell('delivered_at', 'is more than ten years after ordered_at');
  const service = cells.optional('service');
  return {
    lane: {
      ...{ origin: cells.text('origin'), destination: cells.text('destination'), weekday: weekdayOf(ordered) },
      ...(service === undefined ? {} : { service }),
    },
    ...{ ordered, days, promised: promised === undefined ? undefined : dayNumber(promised) - ordered },
  };
};

const MOST_ROWS = 5_000_000;

/** By the time of order; what is equal stays in the order of the file. */
export const deliveriesIn = async (rows: AsyncIterable<Delivery>): Promise<readonly Delivery[]> => {
  const deliveries: Delivery[] = [];
  for await (const delivery of rows) {
    deliveries.push(delivery);
    if (deliveries.length > MOST_ROWS) throw new Trouble(`More than ${MOST_ROWS} rows: take a part of them, such as --only origin=^GB.`);
  }
  if (deliveries.length < 50) throw new Trouble(`${deliveries.length} deliveries are too few to judge anything: 50 are the least.`);
  return deliveries.sort((a, b) => a.ordered - b.ordered);
};
