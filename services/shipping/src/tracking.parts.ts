import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import type { Carriers } from './app/carrier';
import { createParkedScans } from './app/parked-scans';
import type { Registers } from './app/registers';
import type { ShipmentLog } from './app/shipment-log';
import { createTracking } from './app/tracking';
import type { ShippingSettings } from './config';
import { trackingListener } from './edge/listeners';
import { PARKED_SCANS, ParkedScansController } from './edge/parked-scans.controller';
import { parkedScanReadings } from './edge/postgres-parked-scans';
import { TRACKING, TrackingController } from './edge/tracking.controller';

interface Needs {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  readonly registers: Registers;
}

type TrackingParts = Required<Pick<Parts, 'controllers' | 'providers' | 'listeners' | 'readings' | 'onDue'>>;

/** What becomes of parcels once the carrier has them. */
export const trackingParts = (kit: Kit<ShippingSettings>, { log, carriers, registers }: Needs): TrackingParts => {
  const { now, deadlines } = kit;
  const { tracking: register, parking } = registers;
  const tracking = createTracking({
    ...{ log, carriers, register, parking, deadlines, now },
    aheadMs: kit.settings.SHIPPING_SCAN_AHEAD_MINUTES * 60_000,
    scanIdOf: (...named) => idFor('parked-scan', ...named),
  });
  const parkedScans = createParkedScans({ parking, record: tracking.record, now });
  return {
    controllers: [ParkedScansController, TrackingController],
    providers: [
      { provide: TRACKING, useValue: tracking },
      { provide: PARKED_SCANS, useValue: parkedScans },
    ],
    listeners: [trackingListener(tracking)],
    readings: parkedScanReadings(kit.pool, now),
    onDue: parkedScans.onDue,
  };
};
