import { handling, reading } from '@cartage/eventsourcing';
import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import type { Carriers } from './app/carrier';
import { createManifests, manifestStream, type Manifests } from './app/manifests';
import { createPickups, pickupStream, type Pickups } from './app/pickups';
import type { Registers } from './app/registers';
import type { ShipmentLog } from './app/shipment-log';
import { manifestShipment } from './app/views/manifests';
import { shipmentSummary } from './app/views/shipment-summary';
import type { ShippingSettings } from './config';
import { manifest } from './domain/days/manifest';
import { pickup } from './domain/days/pickup';
import { MANIFESTS, ManifestsController, PICKUPS, PickupsController } from './edge/days/days.controller';
import { manifestPrinter } from './edge/days/manifest-pdf';
import { aloneOn, manifestShelf, missedPickups, pickupShelf } from './edge/days/postgres-days';

interface Needs {
  readonly log: ShipmentLog;
  readonly carriers: Carriers;
  readonly registers: Registers;
}

const MINUTE_MS = 60_000;

const catchingUp =
  ({ store, viewReached }: Kit) =>
  async (): Promise<void> => {
    const head = await store.head();
    await Promise.all([shipmentSummary, manifestShipment].map((view) => viewReached(view, head)));
  };

/** What is agreed with carriers for a day: what they took, and when they come. */
export const dayParts = (
  kit: Kit<ShippingSettings>,
  { log, carriers, registers }: Needs,
): Required<Pick<Parts, 'controllers' | 'providers' | 'readings' | 'onDue'>> & {
  readonly manifests: Manifests;
  readonly pickups: Pickups;
} => {
  const { store, newId, isPublic, now, deadlines, pool } = kit;
  const caughtUp = catchingUp(kit);
  const place = { log, carriers, locations: registers.locations, now };
  const [manifestReading, pickupReading] = [reading(store, manifest), reading(store, pickup)];
  const manifests = createManifests({
    ...place,
    send: handling({ store, newId, isPublic }, manifest),
    read: async (manifestId) => (await manifestReading.load(manifestStream(manifestId))).state,
    shelf: manifestShelf(pool, caughtUp),
    manifestIdOf: (...named) => idFor('manifest', ...named),
    alone: aloneOn(pool),
    print: manifestPrinter(),
  });
  const pickups = createPickups({
    ...{ ...place, deadlines, newId },
    send: handling({ store, newId, isPublic }, pickup),
    read: async (pickupId) => (await pickupReading.load(pickupStream(pickupId))).state,
    shelf: pickupShelf(pool, caughtUp),
    pickupIdOf: (...named) => idFor('pickup', ...named),
    graceMs: kit.settings.PICKUP_GRACE_MINUTES * MINUTE_MS,
  });
  return {
    ...{ manifests, pickups },
    controllers: [ManifestsController, PickupsController],
    providers: [
      { provide: MANIFESTS, useValue: manifests },
      { provide: PICKUPS, useValue: pickups },
    ],
    readings: async () => ({ pickupsMissed: [{ labels: { service: 'shipping' }, value: await missedPickups(pool, now()) }] }),
    onDue: pickups.onDue,
  };
};
