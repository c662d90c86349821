import type { ShippingEvent } from '@cartage/contracts';
import type { Decider, Named, Translation } from '@cartage/eventsourcing';

/** Where a SKU stands at a location; `bin` absent: nowhere in particular. */
export interface BinOf {
  readonly sku: string;
  readonly bin?: string;
}

/** Kept as it is published; stream `bins-<location>`. */
export type BinEvent = Named<'BinsAssigned', { readonly location: string; readonly bins: readonly BinOf[]; readonly assignedAt: string }>;
export type BinCommand = Named<'AssignBins', { readonly location: string; readonly bins: readonly BinOf[]; readonly now: string }>;

export const publishedBins: Translation<BinEvent, ShippingEvent> = { BinsAssigned: ({ type, data }) => ({ type, data }) };

/** The bin of each SKU at one location. */
export type Bins = ReadonlyMap<string, string>;

const after = (before: Bins, bins: readonly BinOf[]): Bins => {
  const known = new Map(before);
  for (const { sku, bin } of bins)
    if (bin === undefined) known.delete(sku);
    else known.set(sku, bin);
  return known;
};

export const bins: Decider<BinCommand, Bins, BinEvent> = {
  initial: new Map(),
  evolve: (before, { data }) => after(before, data.bins),
  decide: ({ data: { location, bins: told, now } }, before) => {
    // Said twice in one request, the later one counts.
    const last = [...new Map(told.map((one) => [one.sku, one])).values()];
    const changed = last.filter(({ sku, bin }) => before.get(sku) !== bin);
    return changed.length > 0 ? [{ type: 'BinsAssigned', data: { location, bins: changed, assignedAt: now } }] : [];
  },
};
