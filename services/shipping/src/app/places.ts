import { invalidField } from '@cartage/eventsourcing';
import type { Carriers, Origin } from './carrier';
import type { LocationRegister } from './registers';

type Locations = Pick<LocationRegister, 'find'>;

/** Where nobody knows the location, goods would be booked nowhere, and nobody would come. */
export const requireLocation = async (locations: Locations, location: string): Promise<Origin> => {
  const found = await locations.find(location);
  if (found) return found;
  throw invalidField('location', 'LOCATION_UNKNOWN', `There is no location ${location}. Name the one where the goods are.`);
};

/** A carrier of ours at a location. */
export const requireCarrierAt = (
  { carriers, locations }: { readonly carriers: Carriers; readonly locations: Locations },
  { carrier, location }: { readonly carrier: string; readonly location: string },
): Promise<Origin> => {
  if (carriers.has(carrier)) return requireLocation(locations, location);
  throw invalidField('carrier', 'CARRIER_UNKNOWN', `There are the carriers ${[...carriers.keys()].join(', ')}.`);
};
