import { forgetting, idFor, type Kit, type Parts } from '@cartage/service-kit';
import type { Carriers } from './app/carrier';
import { createInstructions, type Policy } from './app/instructions';
import { createParkedScans } from './app/parked-scans';
import { createPolling } from './app/polling';
import type { DeliveryRegister, Registers } from './app/registers';
import { createRto } from './app/rto';
import type { ShipmentLog } from './app/shipment-log';
import { createTracking, type Tracking } from './app/tracking';
import type { ReturnScans } from './app/way-back/return-scans';
import type { ShippingSettings } from './config';
import { polledOf } from './edge/carriers';
import { trackingListener } from './edge/listeners';
import { INSTRUCTIONS, InstructionsController } from './edge/instructions.controller';
import { PARKED_SCANS, ParkedScansController } from './edge/parked-scans.controller';
import { parkedScanReadings } from './edge/postgres-parked-scans';
import { RTO, RtoController } from './edge/rto.controller';
import { shipmentReadings } from './edge/shipment-readings';
import { StoreController } from './edge/store.controller';
import { TRACKING, TrackingController } from './edge/tracking.controller';
import { TrackingPageController } from './edge/tracking-page.controller';

interface Needs {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  readonly registers: Registers;
  /** What scans of parcels that come back to us are told to. */
  readonly returning: ReturnScans;
}

type TrackingParts = Required<Pick<Parts, 'controllers' | 'providers' | 'listeners' | 'readings' | 'onDue' | 'start' | 'stop'>>;

const controllers = [
  InstructionsController,
  ParkedScansController,
  RtoController,
  StoreController,
  TrackingController,
  TrackingPageController,
];

const policyIn = ({ NDR_WAIT_HOURS, NDR_THEN, NDR_MOST_ATTEMPTS }: ShippingSettings): Policy => ({
  waitMs: NDR_WAIT_HOURS * 3_600_000,
  then: NDR_THEN as Policy['then'],
  mostAttempts: NDR_MOST_ATTEMPTS,
});

const forgettingDeliveries = (kit: Kit<ShippingSettings>, { forget }: DeliveryRegister): Required<Pick<Parts, 'start' | 'stop'>> =>
  forgetting([{ what: 'webhooks of carriers', days: kit.settings.CARRIER_DELIVERY_DAYS, forget }], kit);

/** What becomes of parcels once the carrier has them. */
export const trackingParts = (
  kit: Kit<ShippingSettings>,
  { log, carriers, registers, returning }: Needs,
): TrackingParts & { readonly tracking: Tracking } => {
  const { now, deadlines } = kit;
  const { tracking: register, parking, deliveries } = registers;
  const tracking = createTracking({
    ...{ log, carriers, register, parking, deliveries, returning, deadlines, now },
    rememberedMs: kit.settings.CARRIER_DELIVERY_DAYS * 86_400_000,
    aheadMs: kit.settings.SHIPPING_SCAN_AHEAD_MINUTES * 60_000,
    scanIdOf: (...named) => idFor('parked-scan', ...named),
  });
  const parkedScans = createParkedScans({ parking, record: tracking.record, deadlines, now });
  const polling = createPolling({ log, carriers, polled: polledOf(kit.settings, carriers), tracking, deadlines, now });
  const instructions = createInstructions({
    ...{ log, carriers, deadlines, now, vault: kit.vault },
    instructionIdOf: (...named) => idFor('instruction', ...named),
    policy: policyIn(kit.settings),
  });
  const [parked, standing] = [parkedScanReadings(kit.pool, now), shipmentReadings(kit.pool, [...carriers.keys()], now)];
  const rto = createRto({ log, locations: registers.locations, newId: kit.newId, now });
  return {
    tracking,
    ...forgettingDeliveries(kit, deliveries),
    controllers,
    providers: [
      { provide: TRACKING, useValue: tracking },
      { provide: PARKED_SCANS, useValue: parkedScans },
      { provide: RTO, useValue: rto },
      { provide: INSTRUCTIONS, useValue: instructions },
    ],
    listeners: [trackingListener(tracking, polling, instructions)],
    readings: async () => ({ ...(await parked()), ...(await standing()) }),
    onDue: async (deadline, meta) => {
      await parkedScans.onDue(deadline, meta);
      await polling.onDue(deadline, meta);
      await instructions.onDue(deadline, meta);
    },
  };
};
