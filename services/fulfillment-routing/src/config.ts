import type { SettingsSpec } from '@cartage/service-kit';
import { makeValidator, str } from 'envalid';

export interface RoutingSettings {
  readonly MAX_SPLIT: number;
  readonly MAX_ATTEMPTS: number;
  readonly POSTAL_CODES_DIR: string;
  readonly FORK_MAX_DAYS: number;
  readonly FORK_MAX_DECISIONS: number;
  readonly FORK_MINUTES: number;
  readonly FORK_DAYS: number;
  readonly PICKUP_DAYS: number;
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
  FORK_MAX_DAYS: fewUpTo(366)({ default: 31, desc: 'A fork of the past plays at most so many days: 1 to 366.' }),
  FORK_MAX_DECISIONS: fewUpTo(200_000)({
    default: 20_000,
    desc: 'A fork of the past makes at most so many decisions again, and keeps their orders in memory meanwhile, about 6 KB each: 1 to 200000.',
  }),
  FORK_MINUTES: fewUpTo(1_440)({ default: 15, desc: 'A fork of the past that takes longer is given up: 1 to 1440.' }),
  FORK_DAYS: fewUpTo(3_650)({ default: 30, desc: 'What a fork of the past came to is kept so long: 1 to 3650.' }),
  PICKUP_DAYS: fewUpTo(30)({
    default: 7,
    desc: 'What a customer fetches is kept for so many whole days, unless routing rules say otherwise: 1 to 30.',
  }),
  POSTAL_CODES_DIR: str({
    default: '',
    desc: 'Folder with <country>.csv.gz files of postal codes and coordinates; empty: destinations without coordinates are located by country.',
  }),
};
