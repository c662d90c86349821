import { handling, reading, StreamCache, type EventStore, type Handled, type Meta } from '@cartage/eventsourcing';
import type { ShipmentCommand } from '../domain/commands';
import { shipment } from '../domain/decide';
import type { ShipmentEvent } from '../domain/events';
import type { Shipment } from '../domain/shipment';

export interface LogNeeds {
  readonly store: EventStore;
  readonly newId: () => string;
  readonly isPublic: (type: string) => boolean;
}

export type HandledShipment = Handled<Shipment, ShipmentEvent>;

/** A shipment as it stands. */
export interface Standing {
  readonly shipment: Shipment;
  /** Of its last fact. 0: nothing was ever heard of it. */
  readonly version: number;
}

/** The streams of the shipments. Concurrent commands, and concurrent reads, share round trips. */
export interface ShipmentLog {
  send(shipmentId: string, command: ShipmentCommand, meta: Meta, ifVersion?: number): Promise<HandledShipment>;
  read(shipmentId: string): Promise<Standing>;
}

const streamOf = (shipmentId: string): string => `shipment-${shipmentId}`;

export const createShipmentLog = ({ store, newId, isPublic }: LogNeeds): ShipmentLog => {
  const cache = new StreamCache<Shipment, ShipmentEvent>();
  const send = handling({ store, newId, isPublic }, shipment, { cache });
  const { load } = reading<Shipment, ShipmentEvent>(store, shipment, { cache });
  return {
    send: (shipmentId, command, meta, ifVersion) => send(streamOf(shipmentId), command, meta, ifVersion),
    read: async (shipmentId) => {
      const { state, version } = await load(streamOf(shipmentId));
      return { shipment: state, version };
    },
  };
};
