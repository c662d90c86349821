import { deciding, evolving, Refused, type Decider, type Named } from '@cartage/eventsourcing';

/** From where on more is to be ordered, and up to where. */
export interface ReorderPoint {
  readonly reorderPoint: number;
  readonly orderUpTo: number;
}

/** Private: what is reached is told. Without numbers it is watched no more. */
export type WatchEvent =
  | Named<'ReorderPointChanged', { readonly sku: string; readonly location: string; readonly changedAt: string } & Partial<ReorderPoint>>
  | Named<
      'AlertThresholdChanged',
      { readonly sku: string; readonly channel?: string; readonly atpBelow?: number; readonly changedAt: string }
    >;

export type WatchCommand =
  | Named<'SetReorderPoint', { readonly sku: string; readonly location: string; readonly now: string } & Partial<ReorderPoint>>
  | Named<'SetAlertThreshold', { readonly sku: string; readonly channel?: string; readonly atpBelow?: number; readonly now: string }>;

/** What is watched of a SKU; stream `watch-<sku>`. */
export interface Watch {
  readonly reorderPoints: ReadonlyMap<string, ReorderPoint>;
  /** By channel; under `''` over the network. */
  readonly atpBelow: ReadonlyMap<string, number>;
}

const changed = <Value>(map: ReadonlyMap<string, Value>, key: string, value: Value | undefined): ReadonlyMap<string, Value> => {
  const after = new Map(map);
  if (value === undefined) after.delete(key);
  else after.set(key, value);
  return after;
};

const pointOf = ({ reorderPoint, orderUpTo }: Partial<ReorderPoint>): ReorderPoint | undefined =>
  reorderPoint === undefined || orderUpTo === undefined ? undefined : { reorderPoint, orderUpTo };

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
      if (before?.reorderPoint === after?.reorderPoint && before?.orderUpTo === after?.orderUpTo) return [];
      return [{ type: 'ReorderPointChanged', data: { ...data, changedAt: now } }];
    },
    SetAlertThreshold: ({ now, ...data }, { atpBelow }) =>
      atpBelow.get(data.channel ?? '') === data.atpBelow ? [] : [{ type: 'AlertThresholdChanged', data: { ...data, changedAt: now } }],
  }),
};

/** Both are said or none; ordering up to the point itself would order nothing. */
const requireRoom = ({ reorderPoint, orderUpTo }: Partial<ReorderPoint>): void => {
  if (reorderPoint === undefined && orderUpTo === undefined) return;
  if (reorderPoint !== undefined && orderUpTo !== undefined && orderUpTo > reorderPoint) return;
  const message = 'Say both, and order up to more than the reorder point; leave both out to watch it no more.';
  throw new Refused('REORDER_POINT_INVALID', message, 'invalid', [{ field: 'orderUpTo', code: 'REORDER_POINT_INVALID', message }]);
};
