import { country, decimal, integer, list, locationKind, object, optional, text, truth } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { Location } from '../domain/location-profile';

const hours = optional(object({ opens: text('Local time, such as `08:00`.'), closes: text('Local time.') }));

const calendar = object({
  timeZone: text('IANA name, such as `Europe/London`.'),
  hours: object(
    { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours, saturday: hours, sunday: hours },
    'When goods leave. A day that is absent is closed.',
  ),
  closedOn: list(text('Date, such as `2026-12-25`.'), 'Closed on these dates all the same.'),
  cutOffs: optional(
    list(
      object({ service: optional(text('Only for this delivery service; absent: for every other.')), until: text('Local time.') }),
      'Orders that come before are begun on the same day; absent: as the promise policy has it.',
    ),
  ),
});

export const location = answerOf<Location>()(
  'Location',
  object({
    code: text('Stable.'),
    name: text(),
    kind: locationKind,
    country: country(),
    postalCode: optional(text()),
    address: optional(object({ lines: list(text()), city: text(), region: optional(text('State or province.')) })),
    latitude: decimal('Degrees.'),
    longitude: decimal('Degrees.'),
    calendar: optional(calendar),
    dailyCapacity: optional(integer('Fulfilments that it can take on one day; absent: no limit.')),
    leadDays: optional(integer('Working days of its own that it needs before goods leave; absent: none.')),
    active: truth('Whether its stock can be promised and shipped.'),
    revision: integer('Grows with every change; also in `ETag`.'),
  }),
);
export const locationPage = pageAnswer(location);
