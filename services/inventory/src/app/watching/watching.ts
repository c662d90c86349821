import { handling, type EventStore, type Handled, type Meta, type Outcome, type Write } from '@cartage/eventsourcing';
import type { WatchedPoint } from '../../domain/watching/alerts';
import { watch, type SaidPoint, type Watch, type WatchEvent } from '../../domain/watching/watch';
import type { DraftingNeeds } from '../drafting';

export interface ShownAlert {
  readonly alertId: string;
  readonly kind: string;
  readonly sku: string;
  readonly channel: string | null;
  readonly location: string | null;
  readonly value: number;
  readonly threshold: number;
  readonly raisedAt: string;
  /** Null: it stands. */
  readonly endedAt: string | null;
}

export interface AlertsQuery {
  readonly kind?: string | undefined;
  readonly sku?: string | undefined;
  readonly standing?: boolean | undefined;
  readonly after: readonly [raisedAt: string, alertId: string] | undefined;
  readonly limit: number;
}

export interface SuggestionsQuery {
  readonly location?: string | undefined;
  readonly after: readonly [sku: string, location: string] | undefined;
  readonly limit: number;
}

/** `learned`: by what is forecast; `said`: by the numbers that a person gave. */
export type Suggestion = WatchedPoint & { readonly suggested: number; readonly decidedBy: 'said' | 'learned' };

/** The rows of what is watched move in the transactions of its events. */
export interface WatchRows {
  append(writes: readonly Write[]): Promise<readonly Outcome[]>;
  /** The last first. */
  alerts(query: AlertsQuery): Promise<readonly ShownAlert[]>;
  suggestions(query: SuggestionsQuery): Promise<readonly Suggestion[]>;
}

type Watched = Promise<Handled<Watch, WatchEvent>>;

/** Lines that are drawn, and those that are crossed. */
export interface Watching extends Pick<WatchRows, 'alerts' | 'suggestions'> {
  readonly setReorderPoint: (said: { readonly sku: string; readonly location: string } & Partial<SaidPoint>, meta: Meta) => Watched;
  readonly setThreshold: (said: { readonly sku: string; readonly channel?: string; readonly atpBelow?: number }, meta: Meta) => Watched;
}

export interface WatchingNeeds extends DraftingNeeds {
  readonly store: EventStore;
  readonly rows: WatchRows;
  readonly now: () => Date;
  /** Of a point that is learned from now on something is said at once, not only at night. */
  readonly learn: (point: { readonly sku: string; readonly location: string }) => Promise<void>;
}

export const createWatching = ({ store, rows, now, learn, ...drafting }: WatchingNeeds): Watching => {
  const send = handling({ ...drafting, store: { ...store, appendMany: (writes) => rows.append(writes) } }, watch);
  const at = (): string => now().toISOString();
  return {
    alerts: (query) => rows.alerts(query),
    suggestions: (query) => rows.suggestions(query),
    setReorderPoint: async (said, meta) => {
      const handled = await send(`watch-${said.sku}`, { type: 'SetReorderPoint', data: { ...said, now: at() } }, meta);
      if (said.learned && !meta.preview) await learn(said);
      return handled;
    },
    setThreshold: (said, meta) => send(`watch-${said.sku}`, { type: 'SetAlertThreshold', data: { ...said, now: at() } }, meta),
  };
};
