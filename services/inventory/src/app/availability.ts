import { wholeUnits, type KitPart } from '@cartage/contracts';
import { channelAtp } from '../domain/channel-stock';
import { promiseOf } from '../domain/promise';
import type { ChannelReading } from './channels/channels';
import { atpOf, type NetworkStock } from '../domain/stock';

/** A SKU at a location: atp = onHand − allocated − safetyStock, and nothing where it is closed. */
export interface LocationAvailability {
  readonly location: string;
  readonly active: boolean;
  readonly onHand: number;
  readonly allocated: number;
  readonly safetyStock: number;
  /** There, but not fit to be sold. */
  readonly unavailable: number;
  readonly atp: number;
  readonly revision: number;
}

/** A SKU over the network: atp = onHand − reserved − allocated − safetyStock. */
export interface Availability {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly safetyStock: number;
  readonly atp: number;
  readonly locations: readonly LocationAvailability[];
  /** It is a kit, made of these: it has as much of everything as they make. */
  readonly parts?: readonly Pick<KitPart, 'sku' | 'quantity'>[];
}

/** As of one instant: all its figures belong together. */
export interface AvailabilityAt {
  readonly asOf: string;
  readonly items: readonly Availability[];
}

export interface PromiseCheck {
  readonly asOf: string;
  readonly promisable: boolean;
  readonly lines: readonly { readonly sku: string; readonly requested: number; readonly available: number; readonly promisable: boolean }[];
}

/** The reading port: the ledger's own rows, so that an answer is never older than its question. */
export interface LedgerReading {
  network(skus: readonly string[]): Promise<{ readonly asOf: string; readonly rows: readonly NetworkRow[] }>;
}

export interface NetworkRow extends NetworkStock {
  readonly locations: readonly LocationAvailability[];
}

export interface Availabilities {
  readonly of: (skus: readonly string[], location?: string) => Promise<AvailabilityAt>;
  /** Whether an order of these lines, sold in this channel, would be reserved now: the same rule as the reservation's. */
  readonly check: (lines: readonly { readonly sku: string; readonly quantity: number }[], channel?: string) => Promise<PromiseCheck>;
}

type Rows = ReadonlyMap<string, NetworkRow>;

export const createAvailabilities = (reading: LedgerReading & Pick<ChannelReading, 'stock'>): Availabilities => ({
  of: async (skus, location) => {
    const { asOf, rowOf } = await withPartsOf(reading, skus);
    return { asOf, items: [...new Set(skus)].map((sku) => at(shown(rowOf.get(sku) ?? nowhere(sku), rowOf), location)) };
  },
  check: async (lines, channel) => {
    const skus = lines.map(({ sku }) => sku);
    const { asOf, rowOf } = await withPartsOf(reading, skus);
    const atp = channel === undefined ? undefined : await inChannel(reading, [...rowOf.keys()], channel);
    const promised = promiseOf(lines, (sku) => rowOf.get(sku), atp && ((sku) => atp.get(sku) ?? 0));
    return { asOf, promisable: promised.every(({ promisable }) => promisable), lines: promised };
  },
});

/** The rows of these SKUs, and of what kits among them are made of; all of one instant. */
const withPartsOf = async (reading: LedgerReading, skus: readonly string[]): Promise<{ readonly asOf: string; readonly rowOf: Rows }> => {
  const wanted = [...new Set(skus)];
  const first = await reading.network(wanted);
  const parts = first.rows.flatMap(({ kit }) => kit ?? []).map(({ sku }) => sku);
  const { asOf, rows } = parts.length > 0 ? await reading.network([...new Set([...wanted, ...parts])]) : first;
  return { asOf, rowOf: new Map(rows.map((row) => [row.sku, row])) };
};

const inChannel = async (
  reading: Pick<ChannelReading, 'stock'>,
  skus: readonly string[],
  channel: string,
): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await reading.stock(skus);
  return new Map(rows.map((row) => [row.sku, channelAtp(row, channel, atpOf(row.network))]));
};

const nowhere = (sku: string): NetworkRow => ({ sku, onHand: 0, reserved: 0, allocated: 0, safetyStock: 0, locations: [] });

const shown = ({ kit, ...row }: NetworkRow, rowOf: Rows): Availability =>
  kit ? ofKit(row, kit, (sku) => shown(rowOf.get(sku) ?? nowhere(sku), rowOf)) : { ...row, atp: atpOf(row) };

/** As many kits as there are of the part that is shortest; at one location, because it ships from one. */
const ofKit = (row: Omit<NetworkRow, 'kit'>, kit: readonly KitPart[], partOf: (sku: string) => Availability): Availability => {
  const parts = kit.map(({ sku, quantity }) => ({ sku, quantity }));
  const of = new Map(parts.map(({ sku }) => [sku, partOf(sku)]));
  const line = { sku: row.sku, parts: kit };
  const codes = [...new Set([...of.values()].flatMap(({ locations }) => locations.map(({ location }) => location)))].sort();
  const locations = codes.map((code): LocationAvailability => {
    const there = new Map([...of].map(([sku, { locations: all }]) => [sku, all.find(({ location }) => location === code)]));
    const kits = (figure: 'onHand' | 'atp'): number => wholeUnits(line, (sku) => there.get(sku)?.[figure] ?? 0);
    const active = [...there.values()].some((each) => each?.active);
    return { location: code, active, onHand: kits('onHand'), allocated: 0, safetyStock: 0, unavailable: 0, atp: kits('atp'), revision: 0 };
  });
  const kits = (figure: 'onHand' | 'atp'): number => wholeUnits(line, (sku) => of.get(sku)?.[figure] ?? 0);
  return { ...row, onHand: kits('onHand'), atp: kits('atp'), parts, locations };
};

const at = (availability: Availability, location: string | undefined): Availability =>
  location === undefined
    ? availability
    : { ...availability, locations: availability.locations.filter((each) => each.location === location) };
