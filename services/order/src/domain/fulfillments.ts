import type { Reason } from '@cartage/contracts';
import { counted, uncounted, unitsWithout, type Units } from './lines';
import { isOutdated, withShipment, type Packing, type Shipment } from './shipments';
import type { Fulfillment, PlacedOrder } from './state';

/* What becomes of the goods: which location ships what, and what came to nothing. */

type ByLine<Each> = ReadonlyMap<string, Each>;
type AnyLine = { readonly lineId: string };

/** The newest that was said of each line. */
export const newestOf = <Line extends AnyLine, Each>(
  before: ByLine<Each>,
  lines: readonly Line[],
  about: (line: Line) => Each,
): ByLine<Each> => new Map([...before, ...lines.map((line) => [line.lineId, about(line)] as const)]);

const withFulfillment = (order: PlacedOrder, fulfillment: Fulfillment): PlacedOrder => ({
  ...order,
  fulfillments: new Map(order.fulfillments).set(fulfillment.fulfillmentId, fulfillment),
});

const over: ReadonlySet<Fulfillment['status']> = new Set(['rejected', 'cancelled']);

/** In vain where its fulfilment has come to its end already. */
export const allocated = (
  order: PlacedOrder,
  { fulfillmentId, location, lines: claimed }: Pick<Fulfillment, 'fulfillmentId' | 'location' | 'lines'>,
): PlacedOrder => {
  const before = order.fulfillments.get(fulfillmentId);
  if (before && over.has(before.status)) return order;
  const { short = [] } = before ?? {};
  const lines = unitsWithout(claimed, short);
  return {
    ...withFulfillment(order, { fulfillmentId, location, status: 'allocated', lines, ...(short.length > 0 ? { short } : {}) }),
    progress: counted(uncounted(order.progress, 'allocated', before?.lines ?? []), 'allocated', lines),
  };
};

export const refused = (order: PlacedOrder, { fulfillmentId, location }: Pick<Fulfillment, 'fulfillmentId' | 'location'>): PlacedOrder =>
  order.fulfillments.has(fulfillmentId) ? order : withFulfillment(order, { fulfillmentId, location, status: 'refused', lines: [] });

interface PickedShort {
  readonly fulfillmentId: string;
  readonly location: string;
  readonly short: Units;
  readonly at: string;
}

/** These units are not at the location, and claimed there no more; it ships the others. Heard before they were claimed there, they never are. */
export const pickedShort = (order: PlacedOrder, { fulfillmentId, location, at, ...data }: PickedShort): PlacedOrder => {
  const units = data.short.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const after = { ...order, givenBackAt: givenBack(order, units, at) };
  const { status = 'allocated', lines = [], short = [] } = order.fulfillments.get(fulfillmentId) ?? {};
  if (over.has(status)) return after;
  const left = unitsWithout(lines, units);
  return {
    ...withFulfillment(after, { fulfillmentId, location, status, lines: left, short: [...short, ...units] }),
    progress: counted(uncounted(order.progress, 'allocated', lines), 'allocated', left),
  };
};

const givenBack = (order: PlacedOrder, lines: readonly AnyLine[], at: string): PlacedOrder['givenBackAt'] => {
  const givenBackAt = new Map(order.givenBackAt);
  for (const { lineId } of lines) givenBackAt.set(lineId, later(at, givenBackAt.get(lineId)));
  return givenBackAt;
};

interface Ended {
  readonly fulfillmentId: string;
  readonly location: string;
  readonly status: 'rejected' | 'cancelled';
  readonly lines: readonly AnyLine[];
  readonly at: string;
}

/** It ships nothing: all of it is claimed at its location no more, and routing decides anew about what is still wanted. */
export const endedFulfillment = (order: PlacedOrder, { fulfillmentId, location, status, lines, at }: Ended): PlacedOrder => {
  const claimed = order.fulfillments.get(fulfillmentId)?.lines ?? [];
  return {
    ...withFulfillment(order, { fulfillmentId, location, status, lines: [] }),
    progress: uncounted(order.progress, 'allocated', claimed),
    givenBackAt: givenBack(order, [...lines, ...claimed], at),
  };
};

const later = (one: string, other: string | undefined): string =>
  other === undefined || Date.parse(one) > Date.parse(other) ? one : other;

export const unfillable = (
  order: PlacedOrder,
  { lines, reason, decidedAt: at }: { readonly lines: readonly AnyLine[]; readonly reason: Reason; readonly decidedAt: string },
): PlacedOrder => {
  const newer = lines.filter(({ lineId }) => later(at, order.unfillable.get(lineId)?.at) === at);
  return { ...order, unfillable: newestOf(order.unfillable, newer, () => ({ at, reason })) };
};

type Place = Pick<Shipment, 'shipmentId' | 'fulfillmentId' | 'location'>;

/** Packed again, the later packing counts. */
export const packed = (order: PlacedOrder, data: Place & Omit<Packing, 'at'> & { readonly packedAt: string }): PlacedOrder => {
  const shipment = order.shipments.get(data.shipmentId);
  const { lines, parcels, packedAt: at } = data;
  if (isOutdated(shipment, at)) return order;
  return {
    ...order,
    shipments: withShipment(order.shipments, data, { milestone: 'packed', at, packing: { lines, parcels, at } }),
    progress: counted(uncounted(order.progress, 'packed', shipment?.packing?.lines ?? []), 'packed', lines),
  };
};

export const cancelledShipment = (order: PlacedOrder, data: Place & { readonly cancelledAt: string }): PlacedOrder => {
  const at = data.cancelledAt;
  return {
    ...order,
    shipments: withShipment(order.shipments, data, { milestone: 'cancelled', at, packing: { lines: [], parcels: [], at } }),
    progress: uncounted(order.progress, 'packed', order.shipments.get(data.shipmentId)?.packing?.lines ?? []),
  };
};
