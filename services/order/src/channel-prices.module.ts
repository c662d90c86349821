import type { Bell } from '@cartage/eventsourcing';
import { sweeping, type Kit } from '@cartage/service-kit';
import { ChannelPrices } from './app/channels/channel-prices';
import { pricesIn, type ChannelSettings } from './edge/channels/channel-settings';
import { priceTable } from './edge/channels/prices/price-table';
import { CHANNEL_PRICES, ChannelPricesController } from './edge/channels/prices/prices.controller';

/** How often it is looked whether a price list has changed, begun or ended. */
const LOOK_MS = 5_000;

/** What channels are told to ask. Where none is, nothing runs. */
export const priceParts = (
  { pool, now, clock, log, settings }: Pick<Kit<ChannelSettings>, 'pool' | 'now' | 'clock' | 'log' | 'settings'>,
  news: Bell,
) => {
  const [shelf, wanted] = [priceTable(pool), pricesIn(settings.CHANNEL_PRICES)];
  const prices = new ChannelPrices({ shelf, wanted, news, now });
  const of = { clock, log, everyMs: LOOK_MS, trouble: 'prices of channels could not be taken from price lists' };
  return {
    /** Of a channel that is told prices. */
    shelfOf: (channel: string) => (wanted.has(channel) ? shelf : undefined),
    running: wanted.size > 0 ? [sweeping(() => prices.refresh(), of)] : [],
    controllers: [ChannelPricesController],
    providers: [{ provide: CHANNEL_PRICES, useValue: prices }],
  };
};
