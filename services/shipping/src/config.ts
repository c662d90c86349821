import type { SettingsSpec } from '@cartage/service-kit';
import { str } from 'envalid';

export interface ShippingSettings {
  readonly CARRIER: string;
  readonly SIMULATED_CARRIER_SECRET: string;
  readonly SIMULATED_CARRIER_EMBARGO: string;
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
};
