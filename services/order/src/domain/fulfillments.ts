import type { Reason } from '@cartage/contracts';
import { counted, uncounted } from './lines';
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
export const allocated = (order: PlacedOrder, { fulfillmentId, location, lines }: Omit<Fulfillment, 'status'>): PlacedOrder => {
  const before = order.fulfillments.get(fulfillmentId);
  if (before && over.has(before.status)) return order;
  return {
    ...withFulfillment(order, { fulfillmentId, location, status: 'allocated', lines }),
    progress: counted(uncounted(order.progress, 'allocated', before?.lines ?? []), 'allocated', lines),
  };
};

export const refused = (order: PlacedOrder, { fulfillmentId, location }: Pick<Fulfillment, 'fulfillmentId' | 'location'>): PlacedOrder =>
  order.fulfillments.has(fulfillmentId) ? order : withFulfillment(order, { fulfillmentId, location, status: 'refused', lines: [] });

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
  const givenBackAt = new Map(order.givenBackAt);
  for (const { lineId } of [...lines, ...claimed]) givenBackAt.set(lineId, later(at, givenBackAt.get(lineId)));
  return {
    ...withFulfillment(order, { fulfillmentId, location, status, lines: [] }),
    progress: uncounted(order.progress, 'allocated', claimed),
    givenBackAt,
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
