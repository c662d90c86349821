import type { DataOf } from '@cartage/eventsourcing';
import type { ShipmentEvent } from './events';

/** What the carrier that was chosen had offered to take it for, before its label was bought. */
export interface Quote {
  readonly labelId: string;
  readonly currency: string;
  /** Minor units, of all parcels together. */
  readonly cost: number;
  /** Until it is delivered, as the carrier said; absent if it did not. */
  readonly days?: number;
}

/** Nothing where nobody was chosen by an offer: a carrier that gave none was asked for the label all the same. */
export const quoteOf = ({ labelId, offers }: DataOf<ShipmentEvent, 'RatesQuoted'>): Quote | undefined => {
  const { currency, cost, days } = offers.find(({ chosen }) => chosen) ?? {};
  if (currency === undefined || cost === undefined) return undefined;
  return { labelId, currency, cost, ...(days === undefined ? {} : { days }) };
};
