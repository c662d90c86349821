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
  readonly BATCH_WINDOW_MS: number;
  readonly BATCH_SECONDS: number;
}

const fewUpTo = (most: number, least = 1) =>
  makeValidator<number>((text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new Error(`${text} is no whole number from ${least} to ${most}.`);
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
  BATCH_WINDOW_MS: fewUpTo(
    10_000,
    0,
  )({
    default: 0,
    desc: 'Orders that come within so many milliseconds are decided together, by rules with a table of costs; no order waits longer. 0: each at once. 0 to 10000.',
  }),
  BATCH_SECONDS: fewUpTo(20)({
    default: 2,
    desc: 'For so long the best plan is looked for where orders are decided together; then a good one is taken: 1 to 20.',
  }),
  POSTAL_CODES_DIR: str({
    default: '',
    desc: 'Folder with <country>.csv.gz files of postal codes and coordinates; empty: destinations without coordinates are located by country.',
  }),
};
