import type { Position } from '@cartage/eventsourcing';
import { atpOf } from '../domain/stock';
import type { MovementRow } from './ledger';
import { sentenceOf, sentenceOfFigures, sentenceOfGroup } from './stock-words';

/** A time (ISO 8601, inclusive), or the position that a command was answered with. */
export type StockInstant = { readonly time: string } | { readonly position: Position };

/** Where an instant cuts the movements of a SKU: everything up to `movementId` had been recorded by `asOf`. */
export interface Cut {
  readonly movementId: string;
  readonly asOf: string;
}

/** Units of each kind; those of a SKU over the network, or at one location. */
export interface Units {
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly safetyStock: number;
  readonly unavailable: number;
}

/** All movements of one kind for one reason, together. */
export interface MovementGroup extends Units {
  readonly kind: string;
  readonly reason: string | null;
  readonly movements: number;
}

/** A movement as it is read back; `id` orders those of one SKU as they happened. */
export interface KeptMovement extends MovementRow {
  readonly id: string;
  /** In the log: good for `asOf`. */
  readonly position: Position;
  /** Of the allocation that it is about, if it is about one. */
  readonly fulfillmentId: string | null;
}

/** What an order has a claim on. */
export interface StockClaim {
  readonly orderId: string;
  /** On the network; no location is named yet. */
  readonly reserved: number;
  readonly allocated: readonly { readonly location: string; readonly fulfillmentId: string; readonly units: number }[];
  /** The movement that made it what it is. */
  readonly eventId: string;
  readonly since: string;
}

export interface HeldBack {
  readonly location: string;
  readonly units: number;
}

interface Scope {
  readonly sku: string;
  readonly location?: string | undefined;
}

interface Until extends Scope {
  readonly until: string;
}

/** The reading port. A cut is for ever: what is read up to it is the same whenever it is read. */
export interface ExplanationReading {
  /** The last movement of the SKU without an instant. */
  cut(sku: string, instant: StockInstant | undefined): Promise<Cut>;
  /** Whether a location was open; nothing where it was not known yet. */
  wasOpen(location: string, at: string): Promise<boolean | undefined>;
  groups(query: Until & { readonly after: string }): Promise<readonly MovementGroup[]>;
  heldBack(query: Until): Promise<readonly HeldBack[]>;
  /** Those with a claim, by order id. */
  claims(query: Until & { readonly after: string | undefined; readonly limit: number }): Promise<readonly StockClaim[]>;
  /** Newest first, before `before` and after `after`. */
  movements(
    query: Until & { readonly after: string; readonly before: string | undefined; readonly limit: number },
  ): Promise<readonly KeptMovement[]>;
}

type Said<Told> = Told & { readonly sentence: string };

export type SaidMovement = Said<KeptMovement>;

/** Every unit of the figures by what brought it, what claims it, and where it is held back. */
export interface Explanation extends Units {
  readonly sku: string;
  readonly location: string | null;
  readonly asOf: string;
  readonly atp: number;
  readonly sentence: string;
  /** They add up to the figures, each column by itself. */
  readonly movements: readonly Said<MovementGroup>[];
  /** Adds up to `safetyStock`. */
  readonly heldBack: readonly HeldBack[];
}

export interface StockDifference {
  readonly sku: string;
  readonly location: string | null;
  readonly from: Units & { readonly asOf: string; readonly atp: number };
  readonly to: Units & { readonly asOf: string; readonly atp: number };
  /** What happened in between: adds up to the difference, each column by itself. */
  readonly movements: readonly Said<MovementGroup>[];
}

export interface PagedQuery extends Scope {
  readonly asOf?: StockInstant | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Answers to "why is ATP 47?". */
export interface Explanations {
  readonly of: (query: Scope & { readonly asOf?: StockInstant | undefined }) => Promise<Explanation>;
  readonly between: (query: Scope & { readonly from: StockInstant; readonly to: StockInstant | undefined }) => Promise<StockDifference>;
  readonly claims: (query: PagedQuery) => Promise<readonly StockClaim[]>;
  readonly movements: (query: PagedQuery & { readonly from?: StockInstant | undefined }) => Promise<readonly SaidMovement[]>;
}

const BEGINNING = '0';

export const createExplanations = (reading: ExplanationReading, unknown: (location: string) => Error): Explanations => {
  const openAt = async (location: string | undefined, { asOf }: Cut): Promise<boolean> => {
    if (location === undefined) return true;
    const open = await reading.wasOpen(location, asOf);
    if (open === undefined) throw unknown(location);
    return open;
  };
  const figures = async (scope: Scope, cut: Cut) => {
    const open = await openAt(scope.location, cut);
    const groups = await reading.groups({ ...scope, after: BEGINNING, until: cut.movementId });
    const units = sumOf(groups);
    return { asOf: cut.asOf, ...units, atp: open ? atpOf(units) : 0, groups, open };
  };
  return {
    of: async ({ asOf: instant, ...scope }) => {
      const cut = await reading.cut(scope.sku, instant);
      const { groups, open, ...shown } = await figures(scope, cut);
      const heldBack = await reading.heldBack({ ...scope, until: cut.movementId });
      const sentence = sentenceOfFigures({ ...scope, ...shown, open });
      return { sku: scope.sku, location: scope.location ?? null, ...shown, sentence, movements: groups.map(saidGroup), heldBack };
    },
    between: async ({ from, to, ...scope }) => {
      const [first, last] = [await reading.cut(scope.sku, from), await reading.cut(scope.sku, to)];
      const { groups: _, open: __, ...before } = await figures(scope, first);
      const { groups: ___, open: ____, ...after } = await figures(scope, last);
      const movements = await reading.groups({ ...scope, after: first.movementId, until: last.movementId });
      return { sku: scope.sku, location: scope.location ?? null, from: before, to: after, movements: movements.map(saidGroup) };
    },
    claims: async ({ asOf: instant, after, ...query }) =>
      reading.claims({ ...query, after, until: (await reading.cut(query.sku, instant)).movementId }),
    movements: async ({ asOf: instant, from, after: before, ...query }) => {
      const after = from ? (await reading.cut(query.sku, from)).movementId : BEGINNING;
      const until = (await reading.cut(query.sku, instant)).movementId;
      const rows = await reading.movements({ ...query, after, before, until });
      return rows.map((row) => ({ ...row, sentence: sentenceOf(row) }));
    },
  };
};

const saidGroup = (group: MovementGroup): Said<MovementGroup> => ({ ...group, sentence: sentenceOfGroup(group) });

const nothing: Units = { onHand: 0, reserved: 0, allocated: 0, safetyStock: 0, unavailable: 0 };

const sumOf = (groups: readonly Units[]): Units =>
  groups.reduce(
    (sum, each) => ({
      onHand: sum.onHand + each.onHand,
      reserved: sum.reserved + each.reserved,
      allocated: sum.allocated + each.allocated,
      safetyStock: sum.safetyStock + each.safetyStock,
      unavailable: sum.unavailable + each.unavailable,
    }),
    nothing,
  );
