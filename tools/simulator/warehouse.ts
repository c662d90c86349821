import type { LineQuantity } from '@cartage/contracts';
import { byHand, roundsOver, type Actor } from './actors';
import type { ListedShipment } from './answers';
import { everyItem, type Cartage } from './cartage';

const PAGE = 200;
const HANDS = 16;
const UNITS_A_PARCEL = 60;
const GRAMS_A_UNIT = 240;
const GRAMS_OF_BOX = 180;
/** What a carrier takes in one piece. */
const HEAVIEST_GRAMS = 30_000_000;

type PackedLine = Pick<LineQuantity, 'lineId' | 'quantity'>;

interface Box {
  readonly lines: PackedLine[];
  room: number;
}

const put = (boxes: Box[], { lineId, quantity }: PackedLine, size: number): void => {
  let left = quantity;
  while (left > 0) {
    let box = boxes.at(-1);
    if (!box || box.room === 0) boxes.push((box = { lines: [], room: size }));
    const units = Math.min(left, box.room);
    box.lines.push({ lineId, quantity: units });
    box.room -= units;
    left -= units;
  }
};

/** Fills one box after the other; a shipment of very many units goes on pallets, so that it never needs more than a hundred pieces. */
export const parcelsOf = (
  lines: readonly PackedLine[],
): readonly { readonly weightGrams: number; readonly lines: readonly PackedLine[] }[] => {
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const size = Math.max(UNITS_A_PARCEL, Math.ceil(units / 100));
  const boxes: Box[] = [];
  for (const line of lines) put(boxes, line, size);
  return boxes.map(({ lines: packed, room }) => ({
    weightGrams: Math.min(HEAVIEST_GRAMS, GRAMS_OF_BOX + GRAMS_A_UNIT * (size - room)),
    lines: packed,
  }));
};

const queue = (cartage: Cartage, status: string, location: string) => async (): Promise<readonly ListedShipment[]> =>
  (await cartage.shipments({ status, location, limit: PAGE })).items;

const idOf = ({ shipmentId }: ListedShipment): string => shipmentId;

/** What is left to be packed of a shipment. */
export type Deviation = (shipment: ListedShipment) => Promise<readonly PackedLine[]>;

const asPlanned: Deviation = async ({ lines }) => lines;

const packing = (cartage: Cartage, location: string, deviation: Deviation): Actor => ({
  name: `packers of ${location}`,
  round: roundsOver({
    list: queue(cartage, 'to-pack', location),
    idOf,
    handle: byHand(HANDS, async (shipment) => {
      const lines = await deviation(shipment);
      if (lines.length > 0) await cartage.pack(shipment.shipmentId, parcelsOf(lines));
    }),
  }),
});

/** Hands what has a label to the carrier. */
const dispatching = (cartage: Cartage, location: string): Actor => ({
  name: `loading dock of ${location}`,
  round: roundsOver({
    list: queue(cartage, 'labelled', location),
    idOf,
    handle: byHand(HANDS, ({ shipmentId }) => cartage.dispatch(shipmentId)),
  }),
});

/** The staff of a location: they pack what its queue tells them, or what is left of it, and load what has a label. */
export const warehouseStaff = (cartage: Cartage, location: string, deviation = asPlanned): readonly Actor[] => [
  packing(cartage, location, deviation),
  dispatching(cartage, location),
];

/** Parcels of everything that a query finds. */
export const parcelsCounted = async (
  cartage: Cartage,
  query: { readonly location: string },
): Promise<{ shipments: number; parcels: number }> => {
  const counted = { shipments: 0, parcels: 0 };
  for await (const { parcels } of everyItem(cartage.shipments, query)) {
    counted.shipments += 1;
    counted.parcels += parcels ?? 0;
  }
  return counted;
};
