import type { InventoryEvent, OrderLine } from '@cartage/contracts';
import { Refused, type FieldError } from '@cartage/eventsourcing';
import {
  admitted,
  listsAt,
  type AdmissionPolicy,
  type CatalogueEntry,
  type KnownCatalogue,
  type ListOf,
  type Tolerance,
} from '../domain/admission';
import type { DrawnUp } from '../domain/drawing-up';
import type { Placement } from '../domain/placement';
import type { PlacedOrder } from '../domain/state';

type Fact<Type extends InventoryEvent['type']> = Extract<InventoryEvent, { readonly type: Type }>['data'];

/** What this service keeps of the catalogue, as inventory tells it. */
export interface CatalogueCopy {
  keepItem(item: Fact<'ItemChanged'>): Promise<void>;
  keepPrices(prices: Fact<'PriceListChanged'>): Promise<void>;
  /** What is known of these SKUs, with prices of this currency, with tax or without. */
  of(skus: readonly string[], terms: { readonly currency: string; readonly taxIncluded: boolean }): Promise<readonly CatalogueEntry[]>;
}

/** What came in and was not taken. */
export interface TurnedAway {
  readonly orderId: string;
  readonly channel: string;
  readonly externalOrderId?: string | undefined;
  readonly placement: Placement;
  /** Under which the order is named, where the channel gave it no number. */
  readonly commandId: string;
  readonly person: string;
  readonly faults: readonly FieldError[];
  readonly at: string;
}

export interface Admission {
  /** The lines as they are to be kept, and what is wrong with them where the channel's policy asks. */
  look(order: DrawnUp['order'], now: string): Promise<{ readonly lines: readonly OrderLine[]; readonly faults: readonly FieldError[] }>;
  /** By which lists these SKUs are sold in this order now; nothing where no policy has its channel compared. */
  listsOf(order: PlacedOrder, skus: readonly string[], now: string): Promise<ListOf | undefined>;
  /** Keeps the order aside, or throws: whatever the channel's policy says of an order with faults. */
  turnAway(away: TurnedAway, preview: boolean): Promise<void>;
  /** It was placed after all. */
  placed(orderId: string, channel: string): Promise<void>;
}

export interface AdmissionNeeds {
  readonly catalogue: CatalogueCopy;
  /** Keeps what was turned away, sealed. */
  readonly park: (away: TurnedAway) => Promise<void>;
  readonly settle: (orderId: string) => Promise<void>;
  readonly policies: ReadonlyMap<string, AdmissionPolicy>;
  readonly tolerance: Tolerance;
}

/** Channels that no policy names pay nothing for it: their orders are taken as they are. */
export const createAdmission = ({ catalogue, park, settle, policies, tolerance }: AdmissionNeeds): Admission => ({
  look: async (order, now) => {
    const policy = policies.get(order.channel);
    if (policy === undefined) return { lines: order.lines, faults: [] };
    const skus = order.lines.map(({ sku }) => sku);
    const { lines, faults } = admitted(order, await knownOf(catalogue, skus, order), { at: order.placedAt ?? now, tolerance });
    return { lines, faults: policy === 'accept' ? [] : faults };
  },
  listsOf: async ({ placed, sold: { shipGroups } }, skus, now) => {
    if (skus.length === 0 || !policies.has(placed.channel)) return undefined;
    return listsAt({ channel: placed.channel, shipGroups }, await knownOf(catalogue, skus, placed), { at: now, tolerance });
  },
  turnAway: async (away, preview) => {
    if (policies.get(away.channel) !== 'park') throw refusal('PLACEMENT_REFUSED', away.faults);
    if (preview) throw refusal('PLACEMENT_PARKED', away.faults);
    await park(away);
  },
  placed: async (orderId, channel) => {
    if (policies.get(channel) === 'park') await settle(orderId);
  },
});

const knownOf = async (
  catalogue: Pick<CatalogueCopy, 'of'>,
  skus: readonly string[],
  terms: Parameters<CatalogueCopy['of']>[1],
): Promise<KnownCatalogue> => new Map((await catalogue.of([...new Set(skus)], terms)).map((entry) => [entry.sku, entry]));

const refusal = (code: string, faults: readonly FieldError[]): Refused => {
  const told = faults.slice(0, 5).map(({ field, message }) => `${field} ${message}.`);
  const more = faults.length > 5 ? ` And ${faults.length - 5} more.` : '';
  return new Refused(code, `The order is not as the catalogue has it. ${told.join(' ')}${more}`, 'invalid', faults.slice(0, 100));
};
