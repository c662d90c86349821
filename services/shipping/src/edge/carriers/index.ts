import type { Carriers } from '../../app/carrier';
import type { ShippingSettings } from '../../config';
import { simulatedCarrier } from './simulated';

type CarrierSettings = Pick<ShippingSettings, 'SIMULATED_CARRIER_SECRET' | 'SIMULATED_CARRIER_EMBARGO'>;

/** The carrier table: a line for each adapter. */
export const carriersOf = (settings: CarrierSettings): Carriers =>
  new Map(
    [simulatedCarrier({ secret: settings.SIMULATED_CARRIER_SECRET, embargo: settings.SIMULATED_CARRIER_EMBARGO.split(',') })].map(
      (carrier) => [carrier.name, carrier],
    ),
  );
