import { barcodeKey, scannedKeys } from '@cartage/contracts';
import { handling, Refused, type EventStore, type Handled, type Meta, type Outcome, type Write } from '@cartage/eventsourcing';
import { contenders, type Holders } from '../../domain/catalogue/barcodes';
import { item, saysTheSame, unknownItem, type Item, type ItemChanged, type ItemProfile } from '../../domain/catalogue/item';
import type { DraftingNeeds } from '../drafting';

/** Filters of the list; all that are given apply. */
export interface ItemsQuery {
  readonly category?: string | undefined;
  readonly status?: string | undefined;
  readonly substitutionGroup?: string | undefined;
  /** Kits that this SKU is a part of. */
  readonly part?: string | undefined;
  readonly skus?: readonly string[] | undefined;
  /** What somebody typed: how the SKU begins, or how words of SKU and title do; or a whole barcode. */
  readonly q?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What a scanner read, as it stands there. */
export interface Scanned {
  readonly code: string;
  /** Of the item, that this code stands for. */
  readonly units: number;
}

/** An item as it is found; by its barcode, with what was read. */
export interface ListedItem extends Item {
  readonly scanned?: Scanned;
}

/** A barcode that an item has, and the code as it is compared. */
export interface HeldBarcode extends Scanned {
  readonly key: string;
  readonly sku: string;
}

/** The catalogue's rows. They move in the transactions of its events, so that whoever asks next is answered with what was just said. */
export interface ItemCatalogue {
  find(skus: readonly string[]): Promise<readonly Item[]>;
  /** In the order of their SKUs. */
  list(query: ItemsQuery): Promise<readonly Item[]>;
  /** Those of these codes, as they are compared, that an item has. */
  barcodes(keys: readonly string[]): Promise<readonly HeldBarcode[]>;
  /** Writes events and the rows that follow from them, all or nothing. Refuses (`BARCODE_TAKEN`) what another item was first to claim. */
  append(writes: readonly Write[]): Promise<readonly Outcome[]>;
}

/** A description among many, with a meta of its own. */
export interface Description {
  readonly sku: string;
  readonly profile: ItemProfile;
  readonly meta: Meta;
}

/** What became of a description: it changed the item, said what was so already, or is wrong. */
export type Described = 'changed' | 'unchanged' | Refused;

/** The product master: what is sold under each SKU. */
export interface Items {
  readonly describe: (sku: string, profile: ItemProfile, meta: Meta, ifVersion?: number) => Promise<Handled<Item, ItemChanged>>;
  /** Each by itself, at the same time; what stands as it would be described is not written. */
  readonly describeMany: (descriptions: readonly Description[]) => Promise<readonly Described[]>;
  readonly get: (sku: string) => Promise<Item>;
  readonly find: ItemCatalogue['find'];
  /** `barcode`: what a scanner read; the one item that has it. */
  readonly list: (query: ItemsQuery & { readonly barcode?: string | undefined }) => Promise<readonly ListedItem[]>;
}

export interface ItemsNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly catalogue: ItemCatalogue;
  readonly now: () => Date;
}

export const createItems = ({ store, catalogue, now, ...drafting }: ItemsNeeds): Items => {
  const send = handling({ ...drafting, store: { ...store, appendMany: (writes) => catalogue.append(writes) } }, item);
  const describe: Items['describe'] = async (sku, profile, meta, ifVersion) => {
    const facts = { ...(await kitFacts(catalogue, sku, profile)), holders: await holdersOf(catalogue, [profile]) };
    const data = { sku, profile, ...facts, ifRevision: ifVersion, now: now().toISOString() };
    const handled = await send(`item-${sku}`, { type: 'DescribeItem', data }, meta);
    const state = found(sku, handled.state);
    return { ...handled, state, current: found(sku, handled.current), version: state.revision };
  };
  return {
    describe,
    describeMany: (descriptions) => describeMany(catalogue, describe, descriptions),
    get: async (sku) => found(sku, (await catalogue.find([sku]))[0]),
    find: (skus) => catalogue.find(skus),
    list: ({ barcode, ...query }) => (barcode === undefined ? catalogue.list(query) : scannedIn(catalogue, barcode, query)),
  };
};

/** SKUs count before barcodes only where somebody looks for either: here a barcode is meant. */
const scannedIn = async (catalogue: ItemCatalogue, barcode: string, query: ItemsQuery): Promise<readonly ListedItem[]> => {
  const keys = scannedKeys(barcode);
  const held = await catalogue.barcodes(keys);
  const read = keys.flatMap((key) => held.filter((each) => each.key === key))[0];
  if (!read || query.skus?.includes(read.sku) === false) return [];
  const { sku, code, units } = read;
  return (await catalogue.list({ ...query, skus: [sku] })).map((each) => ({ ...each, scanned: { code, units } }));
};

const describeMany = async (
  catalogue: ItemCatalogue,
  describe: Items['describe'],
  descriptions: readonly Description[],
): Promise<readonly Described[]> => {
  const skus = descriptions.map(({ sku }) => sku);
  const twice = new Set(skus.filter((sku, i) => skus.indexOf(sku) !== i));
  // What is described twice here stands as the first description leaves it.
  const standing = new Map((await catalogue.find(skus)).filter(({ sku }) => !twice.has(sku)).map((each) => [each.sku, each]));
  const take = async ({ sku, profile, meta }: Description): Promise<Described> => {
    const before = standing.get(sku);
    if (before && saysTheSame(before, profile)) return 'unchanged';
    try {
      const { events, repeated } = await describe(sku, profile, meta);
      return events.length > 0 && !repeated ? 'changed' : 'unchanged';
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
  };
  return inTurn(descriptions, await takingTurns(catalogue, descriptions), take);
};

const takingTurns = async (catalogue: ItemCatalogue, descriptions: readonly Description[]): Promise<ReadonlySet<string>> => {
  const claims = descriptions.map(({ sku, profile: { barcodes = [] } }) => ({ sku, barcodes }));
  return contenders(claims, await holdersOf(catalogue, claims));
};

const inTurn = async (
  descriptions: readonly Description[],
  turns: ReadonlySet<string>,
  take: (description: Description) => Promise<Described>,
): Promise<readonly Described[]> => {
  const described = new Map<Description, Described>();
  const takeIn = async (each: Description): Promise<unknown> => described.set(each, await take(each));
  await Promise.all(descriptions.filter(({ sku }) => !turns.has(sku)).map(takeIn));
  for (const each of descriptions) if (turns.has(each.sku)) await takeIn(each);
  return descriptions.map((each) => described.get(each) ?? 'unchanged');
};

/** Which items have the barcodes that these would have. */
const holdersOf = async (catalogue: ItemCatalogue, claims: readonly Pick<ItemProfile, 'barcodes'>[]): Promise<Holders> => {
  const keys = claims.flatMap(({ barcodes = [] }) => barcodes.map(({ code }) => barcodeKey(code)));
  const held = keys.length > 0 ? await catalogue.barcodes(keys) : [];
  return new Map(held.map(({ key, sku }) => [key, sku]));
};

const kitFacts = async (catalogue: ItemCatalogue, sku: string, { kit }: ItemProfile) => {
  if (!kit) return { kitsAmongParts: new Set<string>() };
  const parts = await catalogue.find(kit.map((part) => part.sku));
  const [partOf] = await catalogue.list({ part: sku, limit: 1 });
  return { kitsAmongParts: new Set(parts.filter((part) => part.kit).map((part) => part.sku)), partOf: partOf?.sku };
};

const found = (sku: string, known: Item | undefined): Item => {
  if (!known) throw unknownItem(sku);
  return known;
};
