import { handling, type EventStore, type Handled, type Meta, type Outcome, type Write } from '@cartage/eventsourcing';
import { item, unknownItem, type Item, type ItemChanged, type ItemProfile } from '../../domain/catalogue/item';
import type { DraftingNeeds } from '../drafting';

/** Filters of the list; all that are given apply. */
export interface ItemsQuery {
  readonly category?: string | undefined;
  readonly status?: string | undefined;
  readonly substitutionGroup?: string | undefined;
  /** Kits that this SKU is a part of. */
  readonly part?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** The catalogue's rows. They move in the transactions of its events, so that whoever asks next is answered with what was just said. */
export interface ItemCatalogue {
  find(skus: readonly string[]): Promise<readonly Item[]>;
  /** In the order of their SKUs. */
  list(query: ItemsQuery): Promise<readonly Item[]>;
  /** Writes events and the rows that follow from them, all or nothing. */
  append(writes: readonly Write[]): Promise<readonly Outcome[]>;
}

/** The product master: what is sold under each SKU. */
export interface Items {
  readonly describe: (sku: string, profile: ItemProfile, meta: Meta, ifVersion?: number) => Promise<Handled<Item, ItemChanged>>;
  readonly get: (sku: string) => Promise<Item>;
  readonly find: ItemCatalogue['find'];
  readonly list: ItemCatalogue['list'];
}

export interface ItemsNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly catalogue: ItemCatalogue;
  readonly now: () => Date;
}

export const createItems = ({ store, catalogue, now, ...drafting }: ItemsNeeds): Items => {
  const send = handling({ ...drafting, store: { ...store, appendMany: (writes) => catalogue.append(writes) } }, item);
  return {
    describe: async (sku, profile, meta, ifVersion) => {
      const facts = profile.kit ? await kitFacts(catalogue, sku, profile) : { kitsAmongParts: new Set<string>() };
      const data = { sku, profile, ...facts, ifRevision: ifVersion, now: now().toISOString() };
      const handled = await send(`item-${sku}`, { type: 'DescribeItem', data }, meta);
      const state = found(sku, handled.state);
      return { ...handled, state, current: found(sku, handled.current), version: state.revision };
    },
    get: async (sku) => found(sku, (await catalogue.find([sku]))[0]),
    find: (skus) => catalogue.find(skus),
    list: (query) => catalogue.list(query),
  };
};

const kitFacts = async (catalogue: ItemCatalogue, sku: string, { kit = [] }: ItemProfile) => {
  const parts = await catalogue.find(kit.map((part) => part.sku));
  const [partOf] = await catalogue.list({ part: sku, limit: 1 });
  return { kitsAmongParts: new Set(parts.filter((part) => part.kit).map((part) => part.sku)), partOf: partOf?.sku };
};

const found = (sku: string, known: Item | undefined): Item => {
  if (!known) throw unknownItem(sku);
  return known;
};
