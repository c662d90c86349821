import { idFor, type Kit, type Parts } from '@cartage/service-kit';
import { createBins } from './app/bins';
import type { ItemRegister, LocationRegister } from './app/registers';
import type { ShipmentLog } from './app/shipment-log';
import { binAssignment } from './app/views/bin-assignment';
import { shipmentSummary } from './app/views/shipment-summary';
import { waveSummary } from './app/views/wave-summary';
import { createWaveReading } from './app/wave-reading';
import { createWaves, type Waves } from './app/waves';
import type { ShippingSettings } from './config';
import { BINS, BinsController } from './edge/bins.controller';
import { pickListPrinter } from './edge/pick-list-pdf';
import { PickingController } from './edge/picking.controller';
import { PRINT_PICK_LIST, WAVE_READING, WAVES, WavesController } from './edge/waves.controller';

interface Needs {
  readonly log: ShipmentLog;
  readonly locations: LocationRegister;
  readonly items: ItemRegister;
}

type PickingParts = Required<Pick<Parts, 'controllers' | 'providers'>> & { readonly waves: Waves };

/** How goods come from their bins to the packing table. */
export const pickingParts = (kit: Kit<ShippingSettings>, { log, locations, items }: Needs): PickingParts => {
  const { store, pool: sql, newId, isPublic, now } = kit;
  const bins = createBins({ store, sql, locations, newId, isPublic, now, reached: (position) => kit.viewReached(binAssignment, position) });
  const reading = createWaveReading({
    sql,
    reached: (position) => kit.viewReached(waveSummary, position),
    caughtUp: async () => kit.viewReached(shipmentSummary, await store.head()),
  });
  const waves = createWaves({ store, log, bins, reading, locations, items, waveIdOf: (commandId) => idFor('wave', commandId), newId, now });
  return {
    waves,
    controllers: [PickingController, BinsController, WavesController],
    providers: [
      { provide: BINS, useValue: bins },
      { provide: WAVES, useValue: waves },
      { provide: WAVE_READING, useValue: reading },
      { provide: PRINT_PICK_LIST, useValue: pickListPrinter() },
    ],
  };
};
