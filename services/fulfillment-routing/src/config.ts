import type { SettingsSpec } from '@cartage/service-kit';
import { makeValidator, str } from 'envalid';

export interface RoutingSettings {
  readonly MAX_SPLIT: number;
  readonly MAX_ATTEMPTS: number;
  readonly POSTAL_CODES_DIR: string;
}

const fewUpTo = (most: number) =>
  makeValidator<number>((text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > most) throw new Error(`${text} is no whole number from 1 to ${most}.`);
    return number;
  });

export const settings: SettingsSpec<RoutingSettings> = {
  MAX_SPLIT: fewUpTo(20)({ default: 3, desc: 'At most this many locations ship one order: 1 to 20.' }),
  MAX_ATTEMPTS: fewUpTo(100)({ default: 5, desc: 'The same lines are brokered at most this often before they are unfillable: 1 to 100.' }),
  POSTAL_CODES_DIR: str({
    default: '',
    desc: 'Folder with <country>.csv.gz files of postal codes and coordinates; empty: destinations without coordinates are located by country.',
  }),
};
