import { ownValue } from '@cartage/contracts';
import { Assignment } from './assignment';

/** What a channel may sell of a SKU. */
export interface ChannelRule {
  readonly channel: string;
  /** Where its units may come from; absent: from everywhere. */
  readonly locations?: readonly string[];
  /** Units that are held back from it on the network. */
  readonly safetyStock: number;
  /** Units that are held back from it at locations, as far as they are there. */
  readonly safetyStockAt: Readonly<Record<string, number>>;
}

/** A SKU as channels see it. */
export interface ChannelStock {
  readonly sku: string;
  readonly rules: readonly ChannelRule[];
  /** Units by open location that are neither allocated nor held back there. */
  readonly available: ReadonlyMap<string, number>;
  /** Units that orders of a channel have reserved, at no location yet; under `''` those of orders whose channel is not known. */
  readonly reserved: ReadonlyMap<string, number>;
}

/** A SKU at a location, as a channel sees it. */
export interface ChannelLocation {
  readonly location: string;
  readonly atp: number;
}

const ruleOf = ({ rules }: ChannelStock, channel: string): ChannelRule | undefined => rules.find((rule) => rule.channel === channel);

const sells = (rule: ChannelRule | undefined, location: string): boolean => rule?.locations?.includes(location) ?? true;

const locationsOf = (stock: ChannelStock, rule: ChannelRule | undefined): readonly string[] =>
  [...stock.available.keys()].filter((location) => sells(rule, location));

/** Never more than is there: an empty location would else lessen what others can promise (X3). */
const heldAt = (rule: ChannelRule | undefined, location: string, available: number): number =>
  Math.min(ownValue(rule?.safetyStockAt, location) ?? 0, Math.max(0, available));

/** By location that sells for the channel. What is reserved stands at none of them yet. */
export const locationsFor = (stock: ChannelStock, channel: string): readonly ChannelLocation[] => {
  const rule = ruleOf(stock, channel);
  return locationsOf(stock, rule).map((location) => {
    const available = stock.available.get(location) ?? 0;
    return { location, atp: available - heldAt(rule, location, available) };
  });
};

/**
 * Available to promise to a channel, given the network's ATP. A unit that is reserved for an order of another channel, which only one location
 * sells for, is taken there; one that can come from elsewhere moves aside. What is held back from the channel is not promised to it: below zero, it has
 * been promised more than it should have, and gets no more.
 */
export const channelAtp = (stock: ChannelStock, channel: string, networkAtp: number): number => {
  const rule = ruleOf(stock, channel);
  if (!rule) return networkAtp;
  const held = locationsOf(stock, rule).reduce(
    (sum, location) => sum + heldAt(rule, location, stock.available.get(location) ?? 0),
    rule.safetyStock,
  );
  return Math.min(networkAtp, rule.locations ? roomFor(stock, rule) : networkAtp) - held;
};

/** How many more of its units find room at its locations, with all that is reserved so far. */
const roomFor = (stock: ChannelStock, rule: ChannelRule): number => {
  const assignment = new Assignment(stock.available);
  const demands = new Map<string, { units: number; readonly locations: readonly string[] }>();
  for (const [channel, units] of stock.reserved) {
    const locations = locationsOf(stock, ruleOf(stock, channel));
    const key = locations.join(' ');
    const known = demands.get(key);
    if (known) known.units += units;
    else demands.set(key, { units, locations });
  }
  for (const demand of demands.values()) assignment.place(demand);
  return assignment.place({ units: Infinity, locations: locationsOf(stock, rule) });
};

/** After a movement of what is available at a location, or of what a channel has reserved. */
export const channelStockAfter = (
  stock: ChannelStock,
  { channel = '', reserved = 0, location, available }: { channel?: string; reserved?: number; location?: string; available?: number },
): ChannelStock => ({
  ...stock,
  ...(reserved === 0 ? {} : { reserved: new Map(stock.reserved).set(channel, (stock.reserved.get(channel) ?? 0) + reserved) }),
  ...(location === undefined || available === undefined ? {} : { available: new Map(stock.available).set(location, available) }),
});
