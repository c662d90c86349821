import type { InventoryEvent } from '@cartage/contracts';
import { Refused, type Decider, type Named } from '@cartage/eventsourcing';
import type { LocationChanged } from './events';

type Told = Extract<InventoryEvent, { type: 'LocationChanged' }>['data'];

/** The postal address beyond country and postal code. */
export interface Address {
  readonly lines: readonly string[];
  readonly city: string;
  readonly region?: string;
}

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** When goods leave: local opening times by weekday (a day that is absent is closed), and dates on which it is closed all the same. */
export interface Calendar {
  /** IANA name, such as `Europe/London`. */
  readonly timeZone: string;
  readonly hours: { readonly [Day in Weekday]?: { readonly opens: string; readonly closes: string } };
  readonly closedOn: readonly string[];
}

/** What can be said of a location; its code and its revision stand beside. */
export type LocationProfile = Omit<Told, 'location' | 'revision' | 'changedAt'> & {
  readonly address?: Address;
  readonly calendar?: Calendar;
};

export interface Location extends LocationProfile {
  readonly code: string;
  readonly revision: number;
}

export const unknownLocation = (code: string, kind: 'unknown' | 'invalid' = 'unknown'): Refused => {
  const message = `There is no location ${code}. Make it first: PUT /inventory/locations/${code}.`;
  return new Refused(
    'LOCATION_UNKNOWN',
    message,
    kind,
    kind === 'invalid' ? [{ field: 'location', code: 'LOCATION_UNKNOWN', message }] : [],
  );
};

export type ChangeLocation = Named<'ChangeLocation', { readonly code: string; readonly profile: LocationProfile; readonly now: string }>;

export const location: Decider<ChangeLocation, Location | undefined, LocationChanged> = {
  initial: undefined,
  evolve: (_, event) => locationIn(event),
  decide: ({ data: { code, profile, now } }, before) => {
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
