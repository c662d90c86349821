import { coalescing, fold, handling, type EventStore, type Handled, type Meta, type Settled, type Stream } from '@cartage/eventsourcing';
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
  /** 0: nothing was ever heard of it. */
  readonly version: number;
}

/** The streams of the shipments. Concurrent commands, and concurrent reads, share round trips. */
export interface ShipmentLog {
  send(shipmentId: string, command: ShipmentCommand, meta: Meta, ifVersion?: number): Promise<HandledShipment>;
  read(shipmentId: string): Promise<Standing>;
}

const streamOf = (shipmentId: string): string => `shipment-${shipmentId}`;

const readAll =
  (store: EventStore) =>
  async (shipmentIds: readonly string[]): Promise<readonly Settled<Standing>[]> => {
    const distinct = [...new Set(shipmentIds)];
    const streams = (await store.readMany(distinct.map(streamOf))) as readonly Stream<ShipmentEvent>[];
    const standings = new Map(
      streams.map(({ events, version }, n) => [distinct[n], { shipment: fold(shipment, events), version }] as const),
    );
    return shipmentIds.map((id) => ({ ok: true, value: standings.get(id) ?? { shipment: shipment.initial, version: 0 } }));
  };

export const createShipmentLog = ({ store, newId, isPublic }: LogNeeds): ShipmentLog => {
  const send = handling({ store, newId, isPublic }, shipment);
  return {
    send: (shipmentId, command, meta, ifVersion) => send(streamOf(shipmentId), command, meta, ifVersion),
    read: coalescing(readAll(store)),
  };
};
