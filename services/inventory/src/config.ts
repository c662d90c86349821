import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';

export interface Settings {
  readonly AVAILABILITY_INTERVAL_MS: number;
  readonly SUPPLY_GRACE_HOURS: number;
}

export const settings: SettingsSpec<Settings> = {
  AVAILABILITY_INTERVAL_MS: wholeNumber(
    100,
    600_000,
  )({
    desc: 'how often what can be promised is told (`AvailabilityChanged`), 100 to 600000; a SKU is told at most once in it, however often it changes.',
    default: 2_000,
  }),
  SUPPLY_GRACE_HOURS: wholeNumber(
    0,
    8_760,
  )({
    desc: 'goods on order that have not come so many hours after they were expected are overdue: nothing is promised of them any more. 0 to 8760.',
    default: 24,
  }),
};
