import type { SettingsSpec } from '@cartage/service-kit';
import { num, str } from 'envalid';
import { choiceOrders } from './domain/rates';

export interface ShippingSettings {
  readonly CARRIERS: string;
  readonly CARRIER_CHOICE: string;
  readonly CARRIER_RULES_FILE: string;
  readonly TABLE_RATE_FILE: string;
  readonly TABLE_RATE_SECRET: string;
  readonly SIMULATED_CARRIER_SECRET: string;
  readonly SIMULATED_CARRIER_EMBARGO: string;
  readonly SHIPPING_SCAN_AHEAD_MINUTES: number;
}

export const settings: SettingsSpec<ShippingSettings> = {
  CARRIERS: str({
    default: 'simulated',
    desc: 'The carriers that labels are bought from, the preferred one first, separated by commas: simulated, table-rate.',
  }),
  CARRIER_CHOICE: str({
    choices: choiceOrders,
    default: 'cost',
    desc: 'What counts first between their offers. For expedited orders it is speed.',
  }),
  CARRIER_RULES_FILE: str({
    default: '',
    desc: 'A JSON file of what must not go with which carrier or service. Empty: everything may.',
  }),
  TABLE_RATE_FILE: str({
    default: '',
    desc: 'A CSV file of what carrier table-rate costs, by service, zone and weight. Empty: there is no such carrier.',
  }),
  TABLE_RATE_SECRET: str({ default: 'table-rate', desc: 'Signs the webhooks of carrier table-rate.' }),
  SIMULATED_CARRIER_SECRET: str({
    default: 'simulated-carrier',
    desc: 'Signs the webhooks of the simulated carrier. No real parcel hangs on it, so it has a default.',
  }),
  SIMULATED_CARRIER_EMBARGO: str({
    default: 'KP',
    desc: 'Countries that the simulated carrier does not deliver to: ISO 3166-1 alpha-2, separated by commas.',
  }),
  SHIPPING_SCAN_AHEAD_MINUTES: num({
    default: 15,
    desc: 'By how much a carrier’s clock may be ahead of ours. A scan that is further ahead waits for its time: it would count as newer than everything until then.',
  }),
};
