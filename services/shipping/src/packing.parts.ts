import type { Kit, Parts } from '@cartage/service-kit';
import { createBoxes } from './app/boxes';
import { createPacking, type Packing } from './app/packing';
import type { Compliance } from './app/compliance';
import type { Registers } from './app/registers';
import type { ShipmentLog } from './app/shipment-log';
import type { ShippingSettings } from './config';
import { BOXES, PACKING, PackingController } from './edge/packing/packing.controller';

interface Needs {
  readonly log: ShipmentLog;
  readonly registers: Registers;
  readonly compliance: Compliance;
}

type PackingParts = Required<Pick<Parts, 'controllers' | 'providers'>> & { readonly packing: Packing };

/** What goods go into. */
export const packingParts = ({ store, newId, now }: Kit<ShippingSettings>, { log, registers, compliance }: Needs): PackingParts => {
  const boxes = createBoxes({ store, locations: registers.locations, newId, now });
  const packing = createPacking({ log, items: registers.items, boxes, compliance });
  return {
    packing,
    controllers: [PackingController],
    providers: [
      { provide: BOXES, useValue: boxes },
      { provide: PACKING, useValue: packing },
    ],
  };
};
