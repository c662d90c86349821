import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';

export interface SubscriptionsSettings {
  readonly JOURNAL_WAIT_SECONDS: number;
}

export const settings: SettingsSpec<SubscriptionsSettings> = {
  JOURNAL_WAIT_SECONDS: wholeNumber(
    1,
    86_400,
  )({
    desc: 'so long an event of an order waits for the one that its journal begins with, because topics are heard apart; then the journal begins without it. 1 to 86400.',
    default: 600,
  }),
};
