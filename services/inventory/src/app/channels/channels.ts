import { wholeUnits, type KitPart } from '@cartage/contracts';
import { handling, type Deadlines, type EventStore, type Handled, type Meta, type OnDue } from '@cartage/eventsourcing';
import { channel, type Channel, type ChannelCell } from '../../domain/channel';
import type { ChannelStock } from '../../domain/channel-stock';
import { channelAtp, locationsFor, type ChannelLocation } from '../../domain/channel-stock';
import type { ChannelEvent } from '../../domain/events';
import type { NetworkStock } from '../../domain/stock';
import { atpOf } from '../../domain/stock';
import type { DraftingNeeds } from '../drafting';
import type { Ledger } from '../ledger';
import { appendRule } from './ruling';
import { ruledWaiters, RULE_CHANGED } from './serving';

/** What is said of a channel as a whole. */
export interface ChannelProfile {
  readonly channel: string;
  /** Those that sell for it; null: all. */
  readonly locations: readonly string[] | null;
  /** Held back from it of each SKU of which nothing else is said. */
  readonly safetyStock: number;
}

/** What is said of a SKU in a channel. */
export interface ChannelHoldBack {
  readonly channel: string;
  readonly sku: string;
  /** Null: over the network. */
  readonly location: string | null;
  readonly safetyStock: number;
}

/** A SKU as a channel may sell it. */
export interface ChannelAvailability {
  readonly sku: string;
  readonly channel: string;
  /** Below zero when more was promised than the channel may have by now. */
  readonly atp: number;
  readonly locations: readonly ChannelLocation[];
}

export interface ChannelAvailabilityAt {
  readonly asOf: string;
  readonly items: readonly ChannelAvailability[];
}

/** A SKU in a snapshot: its sums, and what channels may sell of it. */
export interface ChannelRow extends ChannelStock {
  readonly network: NetworkStock;
}

/** What a rule is about: a SKU, or all of them. */
export type RuledStock = Pick<ChannelCell, 'channel' | 'sku'>;

/** Rows of rules, in the transactions of the ledger. */
export interface ChannelTransaction {
  /** Writes what the event says, when all who decide by the rules as they were are done; who comes later decides by it. */
  writeChannel(event: ChannelEvent): Promise<void>;
  /** SKUs for which orders wait that the rules of their channel say something of: of the channel, and where places are shared of others, too. */
  waitingUnder(rule: RuledStock, after: string, limit: number): Promise<readonly string[]>;
  knownLocations(codes: readonly string[]): Promise<ReadonlySet<string>>;
  isKit(sku: string): Promise<boolean>;
}

/** The reading port. */
export interface ChannelReading {
  channels(query: { readonly after: string | undefined; readonly limit: number }): Promise<readonly ChannelProfile[]>;
  holdBacks(query: {
    readonly channel: string;
    readonly after: readonly [sku: string, location: string] | undefined;
    readonly limit: number;
  }): Promise<readonly ChannelHoldBack[]>;
  stock(skus: readonly string[]): Promise<{ readonly asOf: string; readonly rows: readonly ChannelRow[] }>;
}

/** What sales channels may sell. */
export interface Channels {
  readonly sellFrom: (channel: string, locations: readonly string[] | undefined, meta: Meta) => Promise<Handled<Channel, ChannelEvent>>;
  readonly holdBack: (cell: ChannelCell & { readonly safetyStock: number }, meta: Meta) => Promise<Handled<Channel, ChannelEvent>>;
  readonly list: ChannelReading['channels'];
  readonly holdBacks: ChannelReading['holdBacks'];
  /** By SKU, channel and location; all channels of which something is said unless some are named. */
  readonly availability: (query: {
    readonly skus: readonly string[];
    readonly channels: readonly string[] | undefined;
    readonly location?: string | undefined;
  }) => Promise<ChannelAvailabilityAt>;
  readonly onDue: OnDue;
}

export interface ChannelsNeeds extends DraftingNeeds {
  readonly store: EventStore;
  readonly ledger: Ledger<ChannelTransaction>;
  readonly reading: ChannelReading;
  readonly deadlines: Pick<Deadlines, 'set' | 'cancel'>;
  readonly now: () => Date;
}

export const createChannels = ({ store, ledger, reading, deadlines, now, ...drafting }: ChannelsNeeds): Channels => {
  const needs = { ledger, deadlines, now, ...drafting };
  const appendMany: EventStore['appendMany'] = async (writes) => {
    const outcomes = [];
    for (const write of writes) outcomes.push(await appendRule(needs, write));
    return outcomes;
  };
  const send = handling({ ...drafting, store: { ...store, appendMany } }, channel);
  const waiters = ruledWaiters(needs);
  const at = (): string => now().toISOString();
  return {
    sellFrom: (name, locations, meta) =>
      waiters.servedAfter({ channel: name }, meta, () =>
        send(`channel-${name}`, { type: 'SellFrom', data: { channel: name, ...(locations ? { locations } : {}), now: at() } }, meta),
      ),
    holdBack: (cell, meta) =>
      waiters.servedAfter(cell, meta, () => send(streamOf(cell), { type: 'HoldBackFrom', data: { ...cell, now: at() } }, meta)),
    list: (query) => reading.channels(query),
    holdBacks: (query) => reading.holdBacks(query),
    availability: async ({ skus, channels, location }) => {
      const { asOf, rows } = await withPartsOf(reading, skus);
      const asked = new Set(skus);
      const items = availabilityOf(rows, channels).filter(({ sku }) => asked.has(sku));
      return { asOf, items: location === undefined ? items : items.map((item) => onlyAt(item, location)) };
    },
    onDue: async ({ name, data }, meta) => {
      if (name === RULE_CHANGED) await waiters.serve(data as RuledStock, meta);
    },
  };
};

const streamOf = ({ channel: name, sku }: ChannelCell): string => (sku === undefined ? `channel-${name}` : `channel-${name}/${sku}`);

/** The rows of these SKUs, and of what kits among them are made of; all of one instant. */
export const withPartsOf = async (reading: Pick<ChannelReading, 'stock'>, skus: readonly string[]): ReturnType<ChannelReading['stock']> => {
  const wanted = [...new Set(skus)];
  const first = await reading.stock(wanted);
  const parts = first.rows.flatMap(({ network: { kit } }) => kit ?? []).map(({ sku }) => sku);
  return parts.length > 0 ? reading.stock([...new Set([...wanted, ...parts])]) : first;
};

const onlyAt = (item: ChannelAvailability, location: string): ChannelAvailability => ({
  ...item,
  locations: item.locations.filter((each) => each.location === location),
});

/** As the channels see SKUs; the network's own where nothing is said of one. Of a kit the rows of its parts must be among them. */
export const availabilityOf = (rows: readonly ChannelRow[], channels: readonly string[] | undefined): readonly ChannelAvailability[] => {
  const rowOf = new Map(rows.map((row) => [row.sku, row]));
  return rows.flatMap((row) =>
    (channels ?? row.rules.map((rule) => rule.channel)).map((name) => {
      const { kit } = row.network;
      return kit ? ofKit(row.sku, kit, (sku) => inChannel(rowOf.get(sku), sku, name)) : inChannel(row, row.sku, name);
    }),
  );
};

const inChannel = (row: ChannelRow | undefined, sku: string, channel: string): ChannelAvailability =>
  row
    ? { sku, channel, atp: channelAtp(row, channel, atpOf(row.network)), locations: locationsFor(row, channel) }
    : { sku, channel, atp: 0, locations: [] };

/** As many kits as there are of the part that is shortest in the channel; at one location, because it ships from one. */
const ofKit = (sku: string, parts: readonly KitPart[], partOf: (sku: string) => ChannelAvailability): ChannelAvailability => {
  const of = new Map(parts.map((part) => [part.sku, partOf(part.sku)]));
  const codes = [...new Set([...of.values()].flatMap(({ locations }) => locations.map(({ location }) => location)))].toSorted();
  const there = (part: string, code: string): number => of.get(part)?.locations.find(({ location }) => location === code)?.atp ?? 0;
  return {
    sku,
    channel: [...of.values()][0]?.channel ?? '',
    atp: wholeUnits({ sku, parts }, (part) => of.get(part)?.atp ?? 0),
    locations: codes.map((location) => ({ location, atp: wholeUnits({ sku, parts }, (part) => there(part, location)) })),
  };
};
