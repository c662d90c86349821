import { canonicalJson, deciding, evolving, Refused, type Decider, type Named } from '@cartage/eventsourcing';

/** From where on more is to be ordered, and up to where. */
export interface ReorderPoint {
  readonly reorderPoint: number;
  readonly orderUpTo: number;
}

/** By what the numbers are learned; those that are said hold until they are, and while this does not decide. */
export interface LearnedReorder {
  /** In so many of a hundred cases there is to be enough until what is ordered is there. */
  readonly serviceLevel: number;
  /** Orders are placed every so many days. */
  readonly reviewDays: number;
  /** Days from an order to its goods, until enough has been received of the supplier. */
  readonly leadDays: number;
  /** Whose purchase orders tell how long it takes. */
  readonly supplier?: string;
  /** Fewer are never ordered. */
  readonly minimumQuantity?: number;
  /** Only multiples of these are ordered. */
  readonly multipleOf?: number;
  /** Whether suggestions go by what is learned; otherwise it is shown beside them. */
  readonly decides: boolean;
}

/** What is watched, as it was said. */
export type SaidPoint = ReorderPoint & { readonly learned?: LearnedReorder };

/** Private: what is reached is told. Without numbers it is watched no more. */
export type WatchEvent =
  | Named<'ReorderPointChanged', { readonly sku: string; readonly location: string; readonly changedAt: string } & Partial<SaidPoint>>
  | Named<
      'AlertThresholdChanged',
      { readonly sku: string; readonly channel?: string; readonly atpBelow?: number; readonly changedAt: string }
    >;

export type WatchCommand =
  | Named<'SetReorderPoint', { readonly sku: string; readonly location: string; readonly now: string } & Partial<SaidPoint>>
  | Named<'SetAlertThreshold', { readonly sku: string; readonly channel?: string; readonly atpBelow?: number; readonly now: string }>;

/** What is watched of a SKU; stream `watch-<sku>`. */
export interface Watch {
  readonly reorderPoints: ReadonlyMap<string, SaidPoint>;
  /** By channel; under `''` over the network. */
  readonly atpBelow: ReadonlyMap<string, number>;
}

const changed = <Value>(map: ReadonlyMap<string, Value>, key: string, value: Value | undefined): ReadonlyMap<string, Value> => {
  const after = new Map(map);
  if (value === undefined) after.delete(key);
  else after.set(key, value);
  return after;
};

const pointOf = ({ reorderPoint, orderUpTo, learned }: Partial<SaidPoint>): SaidPoint | undefined =>
  reorderPoint === undefined || orderUpTo === undefined ? undefined : { reorderPoint, orderUpTo, ...(learned ? { learned } : {}) };

export const watch: Decider<WatchCommand, Watch, WatchEvent> = {
  initial: { reorderPoints: new Map(), atpBelow: new Map() },
  evolve: evolving<Watch, WatchEvent>({
    ReorderPointChanged: (state, { location, ...said }) => ({
      ...state,
      reorderPoints: changed(state.reorderPoints, location, pointOf(said)),
    }),
    AlertThresholdChanged: (state, { channel = '', atpBelow }) => ({ ...state, atpBelow: changed(state.atpBelow, channel, atpBelow) }),
  }),
  decide: deciding<WatchCommand, Watch, WatchEvent>({
    SetReorderPoint: ({ now, ...data }, { reorderPoints }) => {
      const [before, after] = [reorderPoints.get(data.location), pointOf(data)];
      requireRoom(data);
      if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
      return [{ type: 'ReorderPointChanged', data: { ...data, changedAt: now } }];
    },
    SetAlertThreshold: ({ now, ...data }, { atpBelow }) =>
      atpBelow.get(data.channel ?? '') === data.atpBelow ? [] : [{ type: 'AlertThresholdChanged', data: { ...data, changedAt: now } }],
  }),
};

/** Both are said or none; ordering up to the point itself would order nothing. */
const requireRoom = ({ reorderPoint, orderUpTo, learned }: Partial<SaidPoint>): void => {
  if (reorderPoint === undefined && orderUpTo === undefined && !learned) return;
  if (reorderPoint !== undefined && orderUpTo !== undefined && orderUpTo > reorderPoint) return;
  const message = 'Say both, and order up to more than the reorder point; leave both out to watch it no more.';
  throw new Refused('REORDER_POINT_INVALID', message, 'invalid', [{ field: 'orderUpTo', code: 'REORDER_POINT_INVALID', message }]);
};
