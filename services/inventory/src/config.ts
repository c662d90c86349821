import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';
import { bool } from 'envalid';

export interface Settings {
  readonly AVAILABILITY_INTERVAL_MS: number;
  readonly COSTING_INTERVAL_MS: number;
  readonly SUPPLY_GRACE_HOURS: number;
  readonly DRIFT_UNITS: number;
  readonly DRIFT_PERCENT: number;
  readonly STATEMENT_DAYS: number;
  readonly COUNT_FOUR_EYES: boolean;
  readonly COUNT_DAYS: number;
  readonly STOCK_ALERT_DAYS: number;
}

export const settings: SettingsSpec<Settings> = {
  AVAILABILITY_INTERVAL_MS: wholeNumber(
    100,
    600_000,
  )({
    desc: 'how often what can be promised is told (`AvailabilityChanged`), 100 to 600000; a SKU is told at most once in it, however often it changes.',
    default: 2_000,
  }),
  COSTING_INTERVAL_MS: wholeNumber(
    100,
    600_000,
  )({
    desc: 'how often what happened to stock is booked at cost (`StockValued`), 100 to 600000; a read that must see a command waits for so long, and a little longer.',
    default: 2_000,
  }),
  SUPPLY_GRACE_HOURS: wholeNumber(
    0,
    8_760,
  )({
    desc: 'goods on order that have not come so many hours after they were expected are overdue: nothing is promised of them any more. 0 to 8760.',
    default: 24,
  }),
  DRIFT_UNITS: wholeNumber(
    0,
    100_000_000,
  )({
    desc: 'another system may count so many units otherwise before an alert of kind `drift` is raised; the greater of this and `DRIFT_PERCENT` holds, and what is said of a category before both. 0 to 100000000.',
    default: 5,
  }),
  DRIFT_PERCENT: wholeNumber(
    0,
    100,
  )({
    desc: 'the same, in percent of what we have. 0 to 100.',
    default: 2,
  }),
  STATEMENT_DAYS: wholeNumber(
    1,
    3_650,
  )({
    desc: 'what other systems said of their stock is forgotten after so many days, with the differences that are settled; nothing older is taken. 1 to 3650.',
    default: 90,
  }),
  COUNT_FOUR_EYES: bool({
    desc: 'whoever counted a line of a count sheet may not approve its difference. Sheets keep what was so when they were opened.',
    default: false,
  }),
  COUNT_DAYS: wholeNumber(
    1,
    3_650,
  )({
    desc: 'count sheets that are over are forgotten after so many days; what was booked stays in the movements and in the log. 1 to 3650.',
    default: 365,
  }),
  STOCK_ALERT_DAYS: wholeNumber(
    1,
    3_650,
  )({
    desc: 'stock alerts that have ended are forgotten after so many days. 1 to 3650.',
    default: 90,
  }),
};
