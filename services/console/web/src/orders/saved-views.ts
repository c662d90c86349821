import { useState } from 'react';
import { readAddress, type OrdersAddress } from './address';

/** Filters that somebody comes back to, under a name of theirs. */
export interface SavedView {
  readonly name: string;
  readonly address: OrdersAddress;
}

const KEPT = 'cartage.views.orders';
const MOST = 30;

const viewOf = (kept: unknown): readonly SavedView[] => {
  const { name, address } = (kept ?? {}) as { readonly name?: unknown; readonly address?: unknown };
  if (typeof name !== 'string' || typeof address !== 'object' || address === null) return [];
  return [{ name, address: readAddress(address as Readonly<Record<string, unknown>>) }];
};

/** Reads what was kept, also by another version of the console: what cannot be read is as if it were not there. */
export const readViews = (kept: string | null): readonly SavedView[] => {
  try {
    const views: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(views) ? views.flatMap(viewOf).slice(0, MOST) : [];
  } catch {
    return [];
  }
};

/** A view more; one of the same name is replaced. */
export const withView = (views: readonly SavedView[], view: SavedView): readonly SavedView[] =>
  [...views.filter(({ name }) => name !== view.name), view].slice(-MOST);

const ordered = (address: OrdersAddress): string => JSON.stringify(Object.entries(address).toSorted(([a], [b]) => a.localeCompare(b)));

export const isSameAddress = (a: OrdersAddress, b: OrdersAddress): boolean => ordered(a) === ordered(b);

/** The reader's own views, kept on the device. */
export const useSavedViews = () => {
  const [views, setViews] = useState(() => readViews(localStorage.getItem(KEPT)));
  const keep = (next: readonly SavedView[]): void => {
    localStorage.setItem(KEPT, JSON.stringify(next));
    setViews(next);
  };
  return {
    views,
    save: (view: SavedView) => keep(withView(views, view)),
    remove: (name: string) => keep(views.filter((view) => view.name !== name)),
  };
};
