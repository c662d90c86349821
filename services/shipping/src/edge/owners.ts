import { ownedBy, type Owners } from '@cartage/service-kit';
import type { Manifests } from '../app/manifests';
import type { Pickups } from '../app/pickups';
import type { OrderRegister } from '../app/registers';
import type { ShipmentLog } from '../app/shipment-log';
import { unknownReturnLabel } from '../app/way-back/return-labels';
import type { Waves } from '../app/waves';
import type { WayBackLog } from '../app/way-back/way-back-log';
import { unknownManifest } from '../domain/days/manifest';
import { unknownPickup } from '../domain/days/pickup';
import type { Plan } from '../domain/events';
import { unknownShipment } from '../domain/refusals';
import { unknownWave } from '../domain/wave';

export interface OwnersNeeds {
  readonly shipments: Pick<ShipmentLog, 'read'>;
  readonly waves: Pick<Waves, 'get'>;
  readonly wayBack: Pick<WayBackLog, 'read'>;
  readonly orders: Pick<OrderRegister, 'find'>;
  readonly manifests: Pick<Manifests, 'get'>;
  readonly pickups: Pick<Pickups, 'get'>;
}

/** What goes out, and what comes back, belongs to the channel that sold the order; it is where it leaves from, and where its customer fetches it. */
export const ownersIn = ({ shipments, waves, wayBack, orders, manifests, pickups }: OwnersNeeds): Owners => {
  const planned = async (shipmentId: string): Promise<Plan | undefined> => {
    const { shipment } = await shipments.read(shipmentId);
    return 'plan' in shipment ? shipment.plan : undefined;
  };
  const placesOf = async (shipmentId: string): Promise<readonly string[]> => {
    const { location, pickupLocation } = (await planned(shipmentId)) ?? {};
    return [location ?? [], pickupLocation ?? []].flat();
  };
  const ofReturn = async (returnId: string): Promise<string | undefined> => {
    const { wanted } = await wayBack.read(returnId);
    return wanted && (await orders.find(wanted.orderId))?.channel;
  };
  return {
    shipmentId: ownedBy({ channel: async (shipmentId) => (await planned(shipmentId))?.channel, location: placesOf }, unknownShipment),
    returnId: ownedBy({ channel: ofReturn }, unknownReturnLabel),
    manifestId: ownedBy({ location: async (manifestId) => (await manifests.get(manifestId)).location }, unknownManifest),
    pickupId: ownedBy({ location: async (pickupId) => (await pickups.get(pickupId)).location }, unknownPickup),
    waveId: ownedBy({ location: async (waveId) => (await waves.get(waveId)).location }, unknownWave),
  };
};
