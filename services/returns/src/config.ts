import { wholeNumber, type SettingsSpec } from '@cartage/service-kit';
import { str } from 'envalid';

export interface ReturnsSettings {
  readonly CLAIM_DECISION_HOURS: number;
  readonly UNKNOWN_GOODS_DAYS: number;
  readonly RETURNS_PROVIDER_FOLDER: string;
  readonly RETURNS_PROVIDER_FOLDER_SETTLE_SECONDS: number;
  readonly RETURNS_PROVIDER_FOLDER_POLL_SECONDS: number;
  readonly RETURNS_PROVIDER_MESSAGE_DAYS: number;
}

export const returnsSettings: SettingsSpec<ReturnsSettings> = {
  CLAIM_DECISION_HOURS: wholeNumber(
    1,
    8_760,
  )({
    desc: 'a claim for damaged, missing or wrong goods is to be decided within so many hours; then it is overdue (`ClaimOverdue`). 1 to 8760.',
    default: 72,
  }),
  UNKNOWN_GOODS_DAYS: wholeNumber(
    1,
    365,
  )({
    desc: 'goods at a dock that name no order are overdue (`UnknownGoodsOverdue`) when nobody knows after so many days what they are. 1 to 365.',
    default: 7,
  }),
  RETURNS_PROVIDER_FOLDER: str({
    default: '',
    desc: 'The folder in which returns providers that speak CSV have a folder each. Empty: there are none. Every replica needs the same one.',
  }),
  RETURNS_PROVIDER_FOLDER_SETTLE_SECONDS: wholeNumber(
    0,
    3_600,
  )({ default: 10, desc: 'A file of a returns provider that was written to so lately is not read yet, 0 to 3600.' }),
  RETURNS_PROVIDER_FOLDER_POLL_SECONDS: wholeNumber(
    1,
    3_600,
  )({ default: 15, desc: 'How often folders of returns providers are looked at, 1 to 3600.' }),
  RETURNS_PROVIDER_MESSAGE_DAYS: wholeNumber(
    1,
    3_650,
  )({
    default: 90,
    desc: 'How long it is remembered what returns providers were told and what they said, in days, 1 to 3650; what waits or was refused stays. A notice that is sent again after that is taken as a new one, and finds its return as it is.',
  }),
};
