import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';

export interface SubscriptionsSettings {
  readonly JOURNAL_WAIT_SECONDS: number;
  readonly STREAM_CLIENTS: number;
  readonly STREAM_SLOW_SECONDS: number;
  readonly STREAM_HEARTBEAT_SECONDS: number;
}

export const settings: SettingsSpec<SubscriptionsSettings> = {
  JOURNAL_WAIT_SECONDS: wholeNumber(
    1,
    86_400,
  )({
    desc: 'so long an event of an order waits for the one that its journal begins with, because topics are heard apart; then the journal begins without it. 1 to 86400.',
    default: 600,
  }),
  STREAM_CLIENTS: wholeNumber(
    1,
    10_000,
  )({
    desc: 'so many clients of GET /stream are served by one process at once; who comes then is answered 503. 1 to 10000.',
    default: 100,
  }),
  STREAM_SLOW_SECONDS: wholeNumber(
    1,
    3_600,
  )({
    desc: 'a client of GET /stream that takes nothing for so long, while something waits for it, is let go. 1 to 3600.',
    default: 30,
  }),
  STREAM_HEARTBEAT_SECONDS: wholeNumber(
    1,
    3_600,
  )({
    desc: 'so often a client of GET /stream is told that the connection lives while nothing happens. 1 to 3600.',
    default: 15,
  }),
};
