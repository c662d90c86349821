import { Trouble } from '../../client/client';
import { carrier, carrierWorldOf } from '../carrier/kind';
import { handoverOf, handoversIn, type Handover } from '../carrier/reading';
import type { World } from '../carrier/world';
import { dateOf } from '../input/cells';
import type { Judging, KindFile } from '../kind';
import type { PlacedOrder } from '../sourcing/world';

/** A parcel of the past, and which order it was sent for, where the file says so. */
type SentParcel = Handover & { readonly order: string | undefined };

export const parcelsFile: KindFile<SentParcel> = {
  ...{ name: 'parcels', required: false, about: 'parcels that were sent: with them, carriers and promises are played, too' },
  columns: [
    ...carrier.columns,
    { name: 'order', required: false, about: 'for which order it was sent; orders that none names take parcels in turn' },
  ],
  rowOf: (cells) => ({ ...handoverOf(cells), order: cells.optional('order') }),
  sample: (chance) => carrier.sample(chance).map((row) => [...row, '']),
};

/** Options of `carrier`: days that are drawn together are those of orders here, and how much is learned from first is said of parcels. */
export const parcelOptions = carrier.options.flatMap((option) => {
  if (option.name === 'block-days') return [];
  return [option.name === 'learn' ? { ...option, name: 'learn-parcels' } : option];
});

/** One order on its way: on the lane and the day of a parcel of the past. */
export interface Shipment {
  readonly order: string;
  /** Where the parcel stands among those of the world. */
  readonly parcel: number;
  /** Of orders that take the same parcel the first, the second and so on. */
  readonly turn: number;
}

export interface SentPast {
  readonly world: World;
  /** The first parcel that is not learned from alone. */
  readonly from: number;
  readonly shipments: readonly Shipment[];
}

/** The n-th order takes the lane and the day of the n-th parcel, evenly over all of them where there are more of one; what names its order is that order's. */
export const shipmentsOf = (orders: readonly PlacedOrder[], parcels: readonly SentParcel[], from: number): readonly Shipment[] => {
  const named = new Map<string, number>();
  parcels.forEach(({ order }, n) => {
    if (order !== undefined && !named.has(order)) named.set(order, n);
  });
  const turns = new Map<number, number>();
  return orders.map(({ id }, n) => {
    const parcel = named.get(id) ?? from + Math.floor((n * (parcels.length - from)) / orders.length);
    const turn = turns.get(parcel) ?? 0;
    turns.set(parcel, turn + 1);
    return { order: id, parcel, turn };
  });
};

/** Nothing where no file of parcels was given. */
export const sentPast = async <Row>(
  { file, option, seed }: Judging<Row>,
  orders: readonly PlacedOrder[],
): Promise<SentPast | undefined> => {
  const rows = file(parcelsFile);
  if (rows === undefined) return undefined;
  const world = carrierWorldOf(await handoversIn(rows), seed, option);
  if (world.handovers.length < 2) throw new Trouble('All parcels are too young to be judged: take a smaller --lost-after.');
  const from = Math.floor(world.handovers.length * option('learn-parcels'));
  return { world, from, shipments: shipmentsOf(orders, world.handovers, from) };
};

/** What a report says of them. */
export const sentFacts = ({ world, from, shipments }: SentPast): Readonly<Record<string, string | number>> => ({
  ...{ parcels: world.handovers.length, parcelsLearnedFromOnly: from, parcelsTooYoung: world.tooYoung },
  ...{ parcelsFrom: dateOf(world.handovers[0]?.day ?? 0), parcelsTo: dateOf(world.handovers.at(-1)?.day ?? 0) },
  ordersWithServicesToChoose: shipments.filter(({ parcel }) => world.decision(parcel) !== undefined).length,
});
