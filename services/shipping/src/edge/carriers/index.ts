import type { Carriers } from '../../app/carrier';
import type { ShippingSettings } from '../../config';
import { simulatedCarrier } from './simulated';

/** The carrier table: a line for each adapter. */
export const carriersOf = (settings: ShippingSettings, now: () => Date): Carriers =>
  new Map(
    [simulatedCarrier({ secret: settings.SIMULATED_CARRIER_SECRET, embargo: settings.SIMULATED_CARRIER_EMBARGO.split(','), now })].map(
      (carrier) => [carrier.name, carrier],
    ),
  );
