import type { Meta } from '@cartage/eventsourcing';
import type { RtoReceipt } from '../domain/rto';
import { requireLocation } from './places';
import type { LocationRegister } from './registers';
import type { HandledShipment, ShipmentLog } from './shipment-log';

export interface RtoNeeds {
  readonly log: ShipmentLog;
  readonly locations: LocationRegister;
  /** UUIDv7. */
  readonly newId: () => string;
  readonly now: () => Date;
}

/** What comes back undelivered, and is received at a location of ours. */
export interface Rto {
  /** At the store where the customer fetches it; `parcels` absent: all that are on their way. */
  arrive(shipmentId: string, parcels: readonly string[] | undefined, meta: Meta): Promise<HandledShipment>;
  receive(shipmentId: string, receipt: Omit<RtoReceipt, 'receiptId' | 'now'>, meta: Meta): Promise<HandledShipment>;
}

export const createRto = ({ log, locations, newId, now }: RtoNeeds): Rto => ({
  arrive: (shipmentId, parcels, meta) => {
    const data = { arrivalId: newId(), ...(parcels ? { parcels } : {}), now: now().toISOString() };
    return log.send(shipmentId, { type: 'ArriveAtStore', data }, meta);
  },
  receive: async (shipmentId, receipt, meta) => {
    await requireLocation(locations, receipt.dock);
    return log.send(shipmentId, { type: 'ReceiveRto', data: { ...receipt, receiptId: newId(), now: now().toISOString() } }, meta);
  },
});
