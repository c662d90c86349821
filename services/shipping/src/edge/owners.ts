import { ownedBy, type Owners } from '@cartage/service-kit';
import type { OrderRegister } from '../app/registers';
import type { ShipmentLog } from '../app/shipment-log';
import { unknownReturnLabel } from '../app/way-back/return-labels';
import type { WayBackLog } from '../app/way-back/way-back-log';
import { unknownShipment } from '../domain/refusals';
import type { Plan } from '../domain/events';

export interface OwnersNeeds {
  readonly shipments: Pick<ShipmentLog, 'read'>;
  readonly wayBack: Pick<WayBackLog, 'read'>;
  readonly orders: Pick<OrderRegister, 'find'>;
}

/** What goes out, and what comes back, belongs to the channel that sold the order. */
export const ownersIn = ({ shipments, wayBack, orders }: OwnersNeeds): Owners => {
  const planned = async (shipmentId: string): Promise<Plan | undefined> => {
    const { shipment } = await shipments.read(shipmentId);
    return 'plan' in shipment ? shipment.plan : undefined;
  };
  const ofReturn = async (returnId: string): Promise<string | undefined> => {
    const { wanted } = await wayBack.read(returnId);
    return wanted && (await orders.find(wanted.orderId))?.channel;
  };
  return {
    shipmentId: ownedBy({ channel: async (shipmentId) => (await planned(shipmentId))?.channel }, unknownShipment),
    returnId: ownedBy({ channel: ofReturn }, unknownReturnLabel),
  };
};
