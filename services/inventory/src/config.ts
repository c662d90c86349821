import type { SettingsSpec } from '@cartage/service-kit';
import { makeValidator } from 'envalid';

export interface Settings {
  readonly SUPPLY_GRACE_HOURS: number;
}

const hours = makeValidator<number>((text) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 8_760) throw new Error(`${text} is no whole number from 0 to 8760.`);
  return number;
});

export const settings: SettingsSpec<Settings> = {
  SUPPLY_GRACE_HOURS: hours({
    default: 24,
    desc: 'Goods on order that have not come so many hours after they were expected are overdue: nothing is promised of them any more. 0 to 8760.',
  }),
};
