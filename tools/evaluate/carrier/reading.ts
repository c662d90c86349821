import { Trouble } from '../../client/client';
import { BadCell, type Cells, dayNumber } from '../input/cells';

export type ParcelEnd = 'delivered' | 'lost' | 'returned' | 'open';

/** A parcel that was handed over to a carrier. */
export interface Handover {
  readonly lane: string;
  readonly service: string;
  readonly cost: number;
  readonly day: number;
  /** On which it was due, where the file says it. */
  readonly due: number | undefined;
  readonly end: ParcelEnd;
  /** Days from handing over to its end, where that is known. */
  readonly days: number | undefined;
}

const LONGEST_DAYS = 3660;
const ends = ['delivered', 'lost', 'returned', 'open'] as const;

const isEnd = (text: string): text is ParcelEnd => (ends as readonly string[]).includes(text);

const namedEnd = (cells: Cells): ParcelEnd | undefined => {
  const text = cells.optional('outcome')?.toLowerCase();
  if (text === undefined || isEnd(text)) return text;
  throw new BadCell('outcome', `is none of ${ends.join(' and ')}, and not empty: ${text.slice(0, 40)}`);
};

const endOf = (cells: Cells, isDelivered: boolean): ParcelEnd => {
  const named = namedEnd(cells) ?? (isDelivered ? 'delivered' : 'open');
  if (named === 'delivered' && !isDelivered) throw new BadCell('delivered_at', 'is empty, and the outcome is delivered');
  if (named === 'open' && isDelivered) throw new BadCell('outcome', 'is open, and there is a delivered_at');
  return named;
};

const daysUntil = (ended: number | undefined, day: number): number | undefined => {
  if (ended === undefined) return undefined;
  const days = dayNumber(ended) - day;
  if (days < 0) throw new BadCell('delivered_at', 'is before handed_over_at');
  if (days > LONGEST_DAYS) throw new BadCell('delivered_at', 'is more than ten years after handed_over_at');
  return days;
};

export const handoverOf = (cells: Cells): Handover => {
  const day = dayNumber(cells.instant('handed_over_at'));
  const days = daysUntil(cells.optionalInstant('delivered_at'), day);
  const due = cells.optionalInstant('due_at');
  return {
    ...{ lane: cells.text('lane'), service: cells.text('service'), cost: cells.number('cost', { least: 0 }) },
    ...{ day, due: due === undefined ? undefined : dayNumber(due), end: endOf(cells, days !== undefined), days },
  };
};

const MOST_ROWS = 5_000_000;
const LEAST_ROWS = 50;

/** By the day of handing over; what is equal stays in the order of the file. */
export const handoversIn = async <Parcel extends Handover>(rows: AsyncIterable<Parcel>): Promise<readonly Parcel[]> => {
  const handovers: Parcel[] = [];
  for await (const handover of rows) {
    handovers.push(handover);
    if (handovers.length > MOST_ROWS) throw new Trouble(`More than ${MOST_ROWS} rows: take a part of them, such as --only lane=^GB.`);
  }
  if (handovers.length < LEAST_ROWS)
    throw new Trouble(`${handovers.length} parcels are too few to judge anything: ${LEAST_ROWS} are the least.`);
  return handovers.sort((a, b) => a.day - b.day);
};
