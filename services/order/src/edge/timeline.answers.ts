import { anything, count, integer, list, object, oneOf, optional, text, time, uuid } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ChannelGaps } from '../app/channel-gaps';
import type { ShownPersonal } from '../app/sealing';
import type { TimelineEntry } from '../app/timeline';
import { eventTypes } from '../app/timeline-words';
import { lineStatus } from './orders.answers';

const line = object({ lineId: text(), quantity: count('Units that it concerns.'), status: lineStatus });

export const timelineEntry = answerOf<TimelineEntry>()(
  'TimelineEntry',
  object({
    version: integer('Its place in the order’s history, from 1.'),
    event: oneOf(eventTypes, 'What the log calls it.'),
    step: text('For programs and people: `placed`, `allocated`, `packed`, `in-transit`, `delivered`, `return-received` …'),
    at: time('When it happened, by the clock of whoever told it.'),
    recordedAt: time('When it was recorded here.'),
    detail: optional(text('For a person.')),
    location: optional(text('Location code.')),
    fulfillmentId: optional(uuid()),
    shipmentId: optional(uuid()),
    returnId: optional(uuid()),
    lines: optional(list(line, 'The lines that it concerns; absent: the whole order, or all that is in the shipment.')),
    actor: text('Who did it, or which service told it.'),
    correlationId: text('Shared by everything that followed from one request.'),
    causationId: optional(text('The event that it followed from.')),
  }),
);
export const timelinePage = pageAnswer(timelineEntry);

const person = {
  name: text(),
  email: optional(text()),
  phone: optional(text()),
  reference: optional(text('What digital goods are fetched by: a link, or a licence key.')),
  address: optional(
    object(
      {
        lines: list(text()),
        city: text(),
        region: optional(text('State or province.')),
        postalCode: optional(text()),
        country: text('ISO 3166-1 alpha-2.'),
      },
      'Absent where nothing is sent.',
    ),
  ),
};

export const personal = answerOf<ShownPersonal>()(
  'PersonalOfOrder',
  object({
    ...person,
    shipGroups: optional(
      list(object({ shipGroupId: text(), ...person }), 'Who receives ship groups that go to somebody, or somewhere, of their own.'),
    ),
    raw: optional(anything('The channel’s own message, as it came.')),
  }),
);

export const gaps = answerOf<ChannelGaps>()(
  'ChannelGaps',
  object({
    channel: text(),
    asked: integer('Different numbers that were asked for.'),
    received: integer('Of these, the orders that are here.'),
    missing: list(text(), 'The others, in the order in which they were asked for.'),
  }),
);
