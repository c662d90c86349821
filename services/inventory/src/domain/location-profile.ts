import type { InventoryEvent } from '@cartage/contracts';

type LocationFact = Extract<InventoryEvent, { type: 'LocationChanged' }>['data'];

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
  /** Until when orders are begun on the same day, by local time: for one delivery service, or for every other. */
  readonly cutOffs?: readonly { readonly service?: string; readonly until: string }[];
}

/** What can be said of a location; its code and its revision stand beside. */
export type LocationProfile = Omit<LocationFact, 'location' | 'revision' | 'changedAt' | 'timeZone' | 'calendar'> & {
  readonly address?: Address;
  readonly calendar?: Calendar;
};

export interface Location extends LocationProfile {
  readonly code: string;
  readonly revision: number;
}
