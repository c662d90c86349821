import { Refused, requireRevision, type Decider, type Named } from '@cartage/eventsourcing';
import type { LocationChanged } from './events';
import type { LocationProfile, Location } from './location-profile';

/** The kind of location whose goods are never ours. */
export const SUPPLIER: LocationProfile['kind'] = 'supplier';

export const notOurs = (code: string, field: string): Refused => {
  const message = `What ${code} has is its own, and never ours: it is neither counted nor moved here.`;
  return new Refused('STOCK_NOT_OURS', message, 'invalid', [{ field, code: 'STOCK_NOT_OURS', message }]);
};

export const unknownLocation = (code: string, kind: 'unknown' | 'invalid' = 'unknown'): Refused => {
  const message = `There is no location ${code}. Make it first: PUT /inventory/locations/${code}.`;
  return new Refused(
    'LOCATION_UNKNOWN',
    message,
    kind,
    kind === 'invalid' ? [{ field: 'location', code: 'LOCATION_UNKNOWN', message }] : [],
  );
};

export type ChangeLocation = Named<
  'ChangeLocation',
  {
    readonly code: string;
    readonly profile: LocationProfile;
    /** The revision that the caller saw, if they said so: a location's revision is its version. */
    readonly ifRevision?: number | undefined;
    readonly now: string;
  }
>;

export const location: Decider<ChangeLocation, Location | undefined, LocationChanged> = {
  initial: undefined,
  evolve: (_, event) => locationIn(event),
  decide: ({ data: { code, profile, ifRevision, now } }, before) => {
    requireRevision('The location', before?.revision ?? 0, ifRevision);
    if (before && sameText(profileOf(before)) === sameText(profile)) return [];
    const revision = (before?.revision ?? 0) + 1;
    return [{ type: 'LocationChanged', data: { ...profile, location: code, revision, changedAt: now } }];
  },
};

/** The location as an event tells it. */
export const locationIn = ({ data }: LocationChanged): Location => {
  const { location, changedAt: _, ...rest } = data;
  return { ...rest, code: location };
};

const profileOf = ({ code: _, revision: __, ...profile }: Location): LocationProfile => profile;

/** Equal for equal profiles, in whatever order their fields were given. */
const sameText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
