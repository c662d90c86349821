import { sweeping, type Kit } from '@cartage/service-kit';
import type { ChannelOutlets } from './app/channels/channel-update';
import { allEnded } from './app/channels/polling';
import { StockComparing } from './app/channels/stock-comparing';
import type { ChannelSettings } from './edge/channels/channel-settings';
import { pollTable } from './edge/channels/poll-table';
import { stockReadings, stockReportTable } from './edge/channels/stock/report-table';
import { ChannelStockController, STOCK_CLOCK, STOCK_COMPARING } from './edge/channels/stock/stock.controller';

const LOOK_MS = 30_000;
const MINUTE_MS = 60_000;

/** What channels say that they offer, beside what was published for them. Those that can be asked are; any other may send its report. */
export const stockParts = ({ pool, now, clock, log, settings }: Kit<ChannelSettings>, outlets: ChannelOutlets) => {
  const comparing = new StockComparing({
    ...{ outlets, reports: stockReportTable(pool), log: pollTable(pool), now },
    ...{ everyMs: settings.CHANNEL_COMPARE_MINUTES * MINUTE_MS, inFlightMs: settings.CHANNEL_IN_FLIGHT_MINUTES * MINUTE_MS },
  });
  const ask = (_: string, stopping: AbortSignal): Promise<void> =>
    allEnded(comparing.asked.map((channel) => comparing.ask(channel, { stopping })));
  const of = { clock, log, everyMs: LOOK_MS, trouble: 'channels could not be asked what they offer' };
  return {
    running: comparing.asked.length > 0 ? [sweeping(ask, of)] : [],
    readings: () => stockReadings(pool),
    controllers: [ChannelStockController],
    providers: [
      { provide: STOCK_COMPARING, useValue: comparing },
      { provide: STOCK_CLOCK, useValue: now },
    ],
  };
};
