import { integer, list, nullable, object, text, time } from '@cartage/contracts';
import { answerOf, pageAnswer } from '@cartage/service-kit';
import type { ChannelAvailabilityAt, ChannelHoldBack, ChannelProfile } from '../../app/channels/channels';

const channel = text('The sales channel.');

export interface SellingLocations {
  readonly channel: string;
  readonly locations: readonly string[] | null;
}

export const sellingLocations = answerOf<SellingLocations>()(
  'SellingLocations',
  object({ channel, locations: nullable(list(text('Location code.'), 'Those that sell for it; null: all.')) }),
);

export interface ChannelSafetyStock {
  readonly channel: string;
  readonly sku: string | null;
  readonly location: string | null;
  readonly safetyStock: number;
}

export const channelSafetyStock = answerOf<ChannelSafetyStock>()(
  'ChannelSafetyStock',
  object({
    channel,
    sku: nullable(text('Null: each SKU of which nothing else is said.')),
    location: nullable(text('Null: over the network.')),
    safetyStock: integer('Units held back from the channel.'),
  }),
);

const profile = answerOf<ChannelProfile>()(
  'ChannelProfile',
  object({
    channel,
    locations: nullable(list(text('Location code.'), 'Those that sell for it; null: all.')),
    safetyStock: integer('Units held back from it of each SKU of which nothing else is said.'),
  }),
);
export const channelPage = pageAnswer(profile);

const holdBack = answerOf<ChannelHoldBack>()(
  'ChannelHoldBack',
  object({
    channel,
    sku: text(),
    location: nullable(text('Null: over the network.')),
    safetyStock: integer('Units held back from the channel.'),
  }),
);
export const holdBackPage = pageAnswer(holdBack);

export const channelAvailability = answerOf<ChannelAvailabilityAt>()(
  'ChannelAvailability',
  object({
    asOf: time('All figures belong to this instant.'),
    items: list(
      object({
        sku: text(),
        channel,
        atp: integer(
          'Available to promise to the channel. Below zero it has been promised more than it should have by now, and gets no more.',
        ),
        locations: list(
          object({
            location: text('Location code.'),
            atp: integer('Units there for the channel; what is reserved on the network stands at no location yet.'),
          }),
          'Open locations that sell for it.',
        ),
      }),
    ),
  }),
);
