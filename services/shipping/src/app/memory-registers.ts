import type { Origin, TrackingUpdate } from './carrier';
import type { LocationRegister, OrderRegister, Registers, TrackingNumber, TrackingRegister } from './registers';

const memoryOrders = (): OrderRegister => {
  const shipments = new Map<string, Set<string>>();
  const cancelled = new Set<string>();
  return {
    add: async (orderId, shipmentId) => {
      shipments.set(orderId, (shipments.get(orderId) ?? new Set()).add(shipmentId));
      return cancelled.has(orderId);
    },
    cancel: async (orderId) => {
      cancelled.add(orderId);
      return [...(shipments.get(orderId) ?? [])];
    },
  };
};

const keyOf = ({ carrier, trackingNumber }: TrackingNumber): string => JSON.stringify([carrier, trackingNumber]);

const memoryTracking = (): TrackingRegister => {
  const shipments = new Map<string, string>();
  const parked = new Map<string, { readonly carrier: string; readonly update: TrackingUpdate }>();
  const eventKey = (carrier: string, eventId: string): string => JSON.stringify([carrier, eventId]);
  return {
    add: async (number) => void (shipments.has(keyOf(number)) || shipments.set(keyOf(number), number.shipmentId)),
    find: async (number) => shipments.get(keyOf(number)),
    park: async (carrier, update) => {
      const key = eventKey(carrier, update.eventId);
      if (!parked.has(key)) parked.set(key, { carrier, update });
    },
    parked: async ({ carrier, trackingNumber }) =>
      [...parked.values()]
        .filter((each) => each.carrier === carrier && each.update.trackingNumber === trackingNumber)
        .map(({ update }) => update),
    unpark: async (carrier, eventIds) => eventIds.forEach((eventId) => parked.delete(eventKey(carrier, eventId))),
  };
};

const memoryLocations = (): LocationRegister => {
  const known = new Map<string, { readonly origin: Origin; readonly revision: number }>();
  return {
    record: async (origin, revision) => {
      if (revision > (known.get(origin.location)?.revision ?? -1)) known.set(origin.location, { origin, revision });
    },
    find: async (location) => known.get(location)?.origin,
  };
};

/** The registers in memory: for specs, and the reference of what they promise. Nothing survives the process. */
export const memoryRegisters = (): Registers => ({ orders: memoryOrders(), tracking: memoryTracking(), locations: memoryLocations() });
