import type { Reason } from '@cartage/contracts';
import type { Origin } from './carrier';
import { changedOrder } from './changed-order';
import type { ParkedScan, ScanParking } from './parked-scans';
import type {
  Delivery,
  DeliveryRegister,
  ItemRegister,
  KnownHold,
  KnownItem,
  KnownOrder,
  LocationRegister,
  OrderChange,
  OrderRegister,
  Registers,
  TrackingNumber,
  TrackingRegister,
} from './registers';
import type { Received } from './tracking';

const memoryHolds = () => {
  const orders = new Map<string, Map<string, KnownHold | 'released'>>();
  const ofOrder = (orderId: string): Map<string, KnownHold | 'released'> => {
    const found = orders.get(orderId) ?? new Map<string, KnownHold | 'released'>();
    orders.set(orderId, found);
    return found;
  };
  return {
    hold: (orderId: string, hold: KnownHold) => void (ofOrder(orderId).has(hold.holdId) || ofOrder(orderId).set(hold.holdId, hold)),
    release: (orderId: string, holdId: string) => void ofOrder(orderId).set(holdId, 'released'),
    holdsOf: (orderId: string): readonly KnownHold[] => [...ofOrder(orderId).values()].filter((hold) => hold !== 'released'),
  };
};

const memoryChanges = () => {
  const changes = new Map<string, Map<string, OrderChange>>();
  return {
    record: (change: OrderChange) =>
      void changes.set(change.orderId, (changes.get(change.orderId) ?? new Map<string, OrderChange>()).set(change.eventId, change)),
    applied: (order: KnownOrder | undefined) => order && changedOrder(order, [...(changes.get(order.orderId)?.values() ?? [])]),
  };
};

const memoryOrders = (): OrderRegister => {
  const known = new Map<string, KnownOrder>();
  const shipments = new Map<string, Set<string>>();
  const cancelled = new Map<string, Reason>();
  const { holdsOf, ...holding } = memoryHolds();
  const changes = memoryChanges();
  const shipmentsOf = (orderId: string): readonly string[] => [...(shipments.get(orderId) ?? [])];
  const find = (orderId: string): KnownOrder | undefined => changes.applied(known.get(orderId));
  return {
    find: async (orderId) => find(orderId),
    shipmentsOf: async (orderId) => shipmentsOf(orderId),
    learn: async (order) => void (known.has(order.orderId) || known.set(order.orderId, order)),
    add: async (orderId, shipmentId) => {
      shipments.set(orderId, (shipments.get(orderId) ?? new Set()).add(shipmentId));
      const [order, reason] = [find(orderId), cancelled.get(orderId)];
      const standing = holdsOf(orderId);
      return {
        ...(order ? { order } : {}),
        ...(reason ? { cancelled: reason } : {}),
        ...(standing.length > 0 ? { holds: standing } : {}),
      };
    },
    cancel: async (orderId, reason) => {
      if (!cancelled.has(orderId)) cancelled.set(orderId, reason);
      return shipmentsOf(orderId);
    },
    hold: async (orderId, hold) => {
      holding.hold(orderId, hold);
      return holdsOf(orderId).some(({ holdId }) => holdId === hold.holdId) ? shipmentsOf(orderId) : [];
    },
    release: async (orderId, holdId) => {
      holding.release(orderId, holdId);
      return shipmentsOf(orderId);
    },
    change: async (change) => {
      changes.record(change);
      return shipmentsOf(change.orderId);
    },
  };
};

const keyOf = ({ carrier, trackingNumber }: TrackingNumber): string => JSON.stringify([carrier, trackingNumber]);

const memoryTracking = (): TrackingRegister => {
  const shipments = new Map<string, string>();
  return {
    add: async (number) => void (shipments.has(keyOf(number)) || shipments.set(keyOf(number), number.shipmentId)),
    find: async (number) => shipments.get(keyOf(number)),
  };
};

const memoryParking = (): ScanParking => {
  const scans = new Map<string, { readonly scan: ParkedScan; readonly dismissed: boolean }>();
  const waiting = (isIt: (scan: ParkedScan) => boolean): readonly ParkedScan[] =>
    [...scans.values()].flatMap(({ scan, dismissed }) => (!dismissed && isIt(scan) ? [scan] : []));
  const placeOf = ({ parkedAt, scanId }: ParkedScan): string => `${parkedAt} ${scanId}`;
  return {
    park: async (scan) => void (scans.has(scan.scanId) || scans.set(scan.scanId, { scan, dismissed: false })),
    waiting: async (number) => waiting((scan) => keyOf(scan) === keyOf(number)),
    take: async (scanIds) => scanIds.forEach((scanId) => void scans.delete(scanId)),
    find: async (scanId) => scans.get(scanId),
    list: async ({ carrier, waitsFor }, { limit, after }) =>
      waiting((scan) => scan.carrier === (carrier ?? scan.carrier) && scan.waitsFor === (waitsFor ?? scan.waitsFor))
        .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
        .filter((scan) => !after || placeOf(scan) > after.join(' '))
        .slice(0, limit),
    dismiss: async (scanId) => {
      const parked = scans.get(scanId);
      if (parked) scans.set(scanId, { ...parked, dismissed: true });
    },
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

const memoryItems = (): ItemRegister => {
  const known = new Map<string, { readonly item: KnownItem; readonly revision: number }>();
  return {
    record: async (item, revision) => {
      if (revision > (known.get(item.sku)?.revision ?? -1)) known.set(item.sku, { item, revision });
    },
    find: async (skus) => new Map(skus.flatMap((sku) => known.get(sku)?.item ?? []).map((item) => [item.sku, item])),
  };
};

const memoryDeliveries = (): DeliveryRegister => {
  const known = new Map<string, { readonly answer: Received; readonly at: number }>();
  const keyOf = ({ carrier, rawBody }: Delivery): string => `${carrier} ${Buffer.from(rawBody).toString('base64')}`;
  return {
    answerTo: async (delivery, since) => {
      const found = known.get(keyOf(delivery));
      return found && found.at >= since.getTime() ? found.answer : undefined;
    },
    remember: async (delivery, answer, at) => {
      if (!known.has(keyOf(delivery))) known.set(keyOf(delivery), { answer, at: at.getTime() });
    },
    forget: async (before, limit) => {
      const old = [...known].filter(([, { at }]) => at < Date.parse(before)).slice(0, limit);
      for (const [key] of old) known.delete(key);
      return old.length;
    },
  };
};

/** The registers in memory: for specs, and the reference of what they promise. Nothing survives the process. */
export const memoryRegisters = (): Registers => ({
  orders: memoryOrders(),
  tracking: memoryTracking(),
  parking: memoryParking(),
  locations: memoryLocations(),
  items: memoryItems(),
  deliveries: memoryDeliveries(),
});
