import { readFileSync } from 'node:fs';
import type { Carriers } from '../../app/carrier';
import type { ChoosingNeeds } from '../../app/choosing';
import type { ShippingSettings } from '../../config';
import type { ChoiceOrder } from '../../domain/rates';
import { rateTableOf } from './rate-table';
import { carrierRulesOf } from './rules-file';
import { simulatedCarrier } from './simulated';
import { tableRateCarrier } from './table-rate';

export type CarrierSettings = Omit<ShippingSettings, 'SHIPPING_SCAN_AHEAD_MINUTES'>;

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The carrier table: a line for each adapter. */
export const carriersOf = (settings: CarrierSettings): Carriers =>
  new Map(
    [
      simulatedCarrier({ secret: settings.SIMULATED_CARRIER_SECRET, embargo: listed(settings.SIMULATED_CARRIER_EMBARGO) }),
      ...(settings.TABLE_RATE_FILE === ''
        ? []
        : [tableRateCarrier({ table: rateTableOf(readFileSync(settings.TABLE_RATE_FILE, 'utf8')), secret: settings.TABLE_RATE_SECRET })]),
    ].map((carrier) => [carrier.name, carrier]),
  );

/** How one of them is chosen for a shipment. Refuses to start with a carrier that is not set up. */
export const choosingBy = (settings: CarrierSettings, carriers: Carriers): ChoosingNeeds => {
  const enabled = listed(settings.CARRIERS);
  const absent = enabled.find((name) => !carriers.has(name));
  if (absent !== undefined || enabled.length === 0)
    throw new Error(`CARRIERS: ${absent ?? 'nobody'} is not set up. There are: ${[...carriers.keys()].join(', ')}.`);
  return {
    carriers,
    preferences: { by: settings.CARRIER_CHOICE as ChoiceOrder, carriers: enabled },
    rules: settings.CARRIER_RULES_FILE === '' ? [] : carrierRulesOf(readFileSync(settings.CARRIER_RULES_FILE, 'utf8')),
  };
};
