import type { SettingsSpec } from '@cartage/service-kit';
import { num, str } from 'envalid';

export interface ShippingSettings {
  readonly CARRIER: string;
  readonly SIMULATED_CARRIER_SECRET: string;
  readonly SIMULATED_CARRIER_EMBARGO: string;
  readonly SHIPPING_SCAN_AHEAD_MINUTES: number;
}

export const settings: SettingsSpec<ShippingSettings> = {
  CARRIER: str({ choices: ['simulated'], default: 'simulated', desc: 'The carrier that labels are bought from.' }),
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
