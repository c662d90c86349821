import { handling, Refused, type EventStore, type Handled, type Meta, type Outcome, type Write } from '@cartage/eventsourcing';
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
  /** What somebody typed: how the SKU begins, or how words of SKU and title do. */
  readonly q?: string | undefined;
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
  readonly list: ItemCatalogue['list'];
}

export interface ItemsNeeds extends DraftingNeeds {
  readonly store: Pick<EventStore, 'readMany'>;
  readonly catalogue: ItemCatalogue;
  readonly now: () => Date;
}

export const createItems = ({ store, catalogue, now, ...drafting }: ItemsNeeds): Items => {
  const send = handling({ ...drafting, store: { ...store, appendMany: (writes) => catalogue.append(writes) } }, item);
  const describe: Items['describe'] = async (sku, profile, meta, ifVersion) => {
    const facts = profile.kit ? await kitFacts(catalogue, sku, profile) : { kitsAmongParts: new Set<string>() };
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
    list: (query) => catalogue.list(query),
  };
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
  return Promise.all(
    descriptions.map(async ({ sku, profile, meta }) => {
      const before = standing.get(sku);
      if (before && saysTheSame(before, profile)) return 'unchanged';
      try {
        const { events, repeated } = await describe(sku, profile, meta);
        return events.length > 0 && !repeated ? 'changed' : 'unchanged';
      } catch (error) {
        if (error instanceof Refused) return error;
        throw error;
      }
    }),
  );
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
