import { handling, Refused, type EventStore, type Handled, type Meta, type NewEvent, type Write } from '@cartage/eventsourcing';
import { channel, type Channel, type ChannelCell } from '../../domain/channels/channel';
import type { ChannelStock } from '../../domain/channels/channel-stock';
import { channelAtp, locationsFor, type ChannelLocation } from '../../domain/channels/channel-stock';
import type { ChannelEvent } from '../../domain/events';
import type { NetworkStock } from '../../domain/stock';
import { atpOf } from '../../domain/stock';
import { append, journalOf, landed, type DraftingNeeds } from '../drafting';
import { lockingMore, type More } from '../locking';
import { Raced, type Ledger, type LedgerTransaction } from '../ledger';
import { OpenOrders } from '../open-orders';

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

/** Rows of rules, in the transactions of the ledger. */
export interface ChannelTransaction {
  /** Writes what the event says; answers with the SKUs of which more may be promised to those who wait. */
  writeChannel(event: ChannelEvent): Promise<readonly string[]>;
  knownLocations(codes: readonly string[]): Promise<ReadonlySet<string>>;
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
}

export interface ChannelsNeeds extends DraftingNeeds {
  readonly store: EventStore;
  readonly ledger: Ledger<ChannelTransaction>;
  readonly reading: ChannelReading;
  readonly now: () => Date;
}

export const createChannels = ({ store, ledger, reading, now, ...drafting }: ChannelsNeeds): Channels => {
  const needs = { ledger, ...drafting };
  const appendMany: EventStore['appendMany'] = async (writes) => {
    const outcomes = [];
    for (const write of writes) outcomes.push(await appendWithRows(needs, write));
    return outcomes;
  };
  const send = handling({ ...drafting, store: { ...store, appendMany } }, channel);
  const at = (): string => now().toISOString();
  return {
    sellFrom: (name, locations, meta) =>
      send(`channel-${name}`, { type: 'SellFrom', data: { channel: name, ...(locations ? { locations } : {}), now: at() } }, meta),
    holdBack: (cell, meta) => send(streamOf(cell), { type: 'HoldBackFrom', data: { ...cell, now: at() } }, meta),
    list: (query) => reading.channels(query),
    holdBacks: (query) => reading.holdBacks(query),
    availability: async ({ skus, channels, location }) => {
      const { asOf, rows } = await reading.stock(skus);
      return { asOf, items: rows.flatMap((row) => availabilityOf(row, channels, location)) };
    },
  };
};

const streamOf = ({ channel: name, sku }: ChannelCell): string => (sku === undefined ? `channel-${name}` : `channel-${name}/${sku}`);

/** As the channels see a SKU; the network's own where nothing is said of one. */
export const availabilityOf = (
  row: ChannelRow,
  channels: readonly string[] = row.rules.map((rule) => rule.channel),
  location?: string,
): readonly ChannelAvailability[] =>
  channels.map((name) => ({
    sku: row.sku,
    channel: name,
    atp: channelAtp(row, name, atpOf(row.network)),
    locations: locationsFor(row, name).filter((each) => location === undefined || each.location === location),
  }));

interface AppendNeeds extends DraftingNeeds {
  readonly ledger: Ledger<ChannelTransaction>;
}

const appendWithRows = async (needs: AppendNeeds, write: Write): Promise<Awaited<ReturnType<EventStore['appendMany']>>[number]> => {
  try {
    return await lockingMore((more) =>
      needs.ledger.transaction(async (transaction) => {
        for (const event of write.events as readonly NewEvent<ChannelEvent>[]) await show({ ...needs, more }, transaction, event);
        return landed((await transaction.appendMany([write]))[0] ?? { status: 'conflict' });
      }),
    );
  } catch (error) {
    if (error instanceof Raced) return { status: 'conflict' };
    throw error;
  }
};

interface ShowingNeeds extends DraftingNeeds {
  readonly more: More;
}

/** A rule holds at once; what it sets free is offered to those who wait in the same transaction. */
const show = async (
  { more, ...needs }: ShowingNeeds,
  transaction: LedgerTransaction & ChannelTransaction,
  event: NewEvent<ChannelEvent>,
): Promise<void> => {
  if (event.type !== 'ChannelLocationsChanged' && event.type !== 'ChannelSafetyStockChanged') return;
  await requireLocations(transaction, event);
  const skus = await transaction.writeChannel(event);
  if (skus.length === 0) return;
  const journal = journalOf(await transaction.lock({ ...more, cells: [...skus.map((sku) => ({ sku })), ...more.cells] }));
  const orders = new OpenOrders(needs, transaction, journal);
  await orders.offerAll(skus, { meta: event.meta, now: event.data.changedAt });
  await transaction.write({ ...journal, lines: orders.lines() });
  await append(transaction, orders.drafts());
};

const requireLocations = async (transaction: ChannelTransaction, { type, data }: ChannelEvent): Promise<void> => {
  const named = type === 'ChannelLocationsChanged' ? (data.locations ?? []) : data.location === undefined ? [] : [data.location];
  const known = await transaction.knownLocations(named);
  const errors = named.flatMap((code, i) => {
    const field = type === 'ChannelLocationsChanged' ? `locations[${i}]` : 'location';
    return known.has(code) ? [] : [{ field, code: 'LOCATION_UNKNOWN', message: `There is no location ${code}. Make it first.` }];
  });
  if (errors[0]) throw new Refused('LOCATION_UNKNOWN', errors[0].message, 'invalid', errors);
};
