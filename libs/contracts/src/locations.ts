import { contractsOf } from './event';
import { locationKind } from './parts';
import { decimal, integer, list, object, optional, text, time, truth } from './schema';
import { Topics } from './topics';

const event = contractsOf(Topics.inventory, 'location');

const hours = optional(object({ opens: text('Local time, such as `08:00`.'), closes: text('Local time, such as `18:00`.') }));

const locationCalendar = object(
  {
    hours: object(
      { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours, saturday: hours, sunday: hours },
      'When goods leave, by local time. A day that is absent is closed.',
    ),
    closedOn: list(text('Local date, such as `2026-12-25`.'), 'Closed on these dates all the same.'),
    cutOffs: optional(
      list(
        object({
          service: optional(text('Only for this delivery service; absent: for every other.')),
          until: text('Local time, such as `14:00`.'),
        }),
        'Orders that come before this time are begun on the same day; absent: as the promise policy has it.',
      ),
    ),
  },
  'When it works, in its time zone.',
);

export const LocationChanged = event(
  'LocationChanged',
  'A location was opened, closed, or its address, calendar or capacity changed.',
  object({
    location: text('Code; stable.'),
    name: text(),
    kind: locationKind,
    timeZone: optional(text('IANA name, such as `Europe/London`: its days and cut-offs are of this zone.')),
    country: text('ISO 3166-1 alpha-2.'),
    postalCode: optional(text()),
    latitude: decimal('Degrees.'),
    longitude: decimal('Degrees.'),
    dailyCapacity: optional(integer('Fulfilments it can take on one local day; absent: no limit.')),
    leadDays: optional(
      integer('Working days of its own that it needs before goods leave, such as of a supplier that makes them to order; absent: none.'),
    ),
    calendar: optional(locationCalendar),
    active: truth(),
    revision: integer('Grows with every change; readers keep the highest.'),
    changedAt: time(),
  }),
);
