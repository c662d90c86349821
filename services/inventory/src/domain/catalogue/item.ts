import type { InventoryEvent as Public } from '@cartage/contracts';
import { canonicalJson, Refused, requireRevision, type Decider, type FieldError, type Named } from '@cartage/eventsourcing';
import { requireBarcodes, requireFree, type Holders } from './barcodes';

/** Stream `item-<sku>`; kept as it is published. */
export type ItemChanged = Extract<Public, { readonly type: 'ItemChanged' }>;

/** What is sold under a SKU: the product master. Prices stand in price lists. */
export type Item = Omit<ItemChanged['data'], 'changedAt'>;

/** What can be said of an item; its SKU and its revision stand beside. */
export type ItemProfile = Omit<Item, 'sku' | 'revision'>;

export type Component = NonNullable<Item['kit']>[number];

export type DescribeItem = Named<
  'DescribeItem',
  {
    readonly sku: string;
    readonly profile: ItemProfile;
    /** Which of the SKUs that it would be made of are kits themselves. */
    readonly kitsAmongParts: ReadonlySet<string>;
    /** A kit that it is a part of, if it is. */
    readonly partOf?: string | undefined;
    /** Which items have the barcodes that this one would have. */
    readonly holders?: Holders | undefined;
    /** The revision that the caller saw, if they said so: an item's revision is its version. */
    readonly ifRevision?: number | undefined;
    readonly now: string;
  }
>;

export const unknownItem = (sku: string): Refused =>
  new Refused('ITEM_UNKNOWN', `There is no item ${sku}. Describe it first: PUT /inventory/items/${encodeURIComponent(sku)}.`, 'unknown');

export const item: Decider<DescribeItem, Item | undefined, ItemChanged> = {
  initial: undefined,
  evolve: (_, { data: { changedAt: __, ...said } }) => said,
  decide: ({ data }, before) => {
    const { sku, profile, now } = data;
    requireRevision('The item', before?.revision ?? 0, data.ifRevision);
    if (before && saysTheSame(before, profile)) return [];
    requireFlatKit(data);
    requireOwnBarcodes(data);
    return [{ type: 'ItemChanged', data: { ...profile, sku, revision: (before?.revision ?? 0) + 1, changedAt: now } }];
  },
};

/** Whether an item stands as it would be described. */
export const saysTheSame = ({ sku: _, revision: __, ...before }: Item, profile: ItemProfile): boolean =>
  canonicalJson(before) === canonicalJson(profile);

/** A kit of kits would have to be taken apart again and again to be counted: its parts are what stands on shelves. */
const requireFlatKit = ({ sku, profile, kitsAmongParts, partOf }: DescribeItem['data']): void => {
  if (!profile.kit) return;
  if (partOf !== undefined) throw kitInvalid([{ field: 'kit', message: `must be absent: ${sku} is a part of ${partOf}` }]);
  const parts = profile.kit.map((part) => part.sku);
  const faults = parts.flatMap((part, i) => {
    const field = `kit[${i}].sku`;
    if (part === sku) return [{ field, message: 'must not be the kit itself' }];
    if (parts.indexOf(part) < i) return [{ field, message: 'stands in the kit already: give it once, with all its units' }];
    return kitsAmongParts.has(part) ? [{ field, message: 'is a kit: name its parts instead' }] : [];
  });
  if (faults.length > 0) throw kitInvalid(faults);
};

const requireOwnBarcodes = ({ sku, profile: { barcodes = [] }, holders }: DescribeItem['data']): void => {
  requireBarcodes(barcodes);
  requireFree({ sku, barcodes }, holders ?? new Map());
};

const kitInvalid = (faults: readonly Omit<FieldError, 'code'>[]): Refused =>
  new Refused(
    'KIT_INVALID',
    `The kit cannot be made so. ${faults.map(({ field, message }) => `${field}: ${message}.`).join(' ')}`,
    'invalid',
    faults.map((fault) => ({ ...fault, code: 'KIT_INVALID' })),
  );
