import { useState } from 'react';
import { columnIds, unseenAtFirst, type ColumnId } from './columns';

export type SeenColumns = Readonly<Record<string, boolean>>;

const KEPT = 'cartage.columns';

const keptColumns = (): SeenColumns => {
  const kept = localStorage.getItem(KEPT)?.split(' ') ?? columnIds.filter((id) => !unseenAtFirst.includes(id));
  return Object.fromEntries(columnIds.map((id) => [id, id === 'number' || kept.includes(id)]));
};

/** Which columns somebody wants to see, on this device. */
export const useSeenColumns = (): readonly [SeenColumns, (id: ColumnId, isSeen: boolean) => void] => {
  const [seen, setSeen] = useState(keptColumns);
  const see = (id: ColumnId, isSeen: boolean): void => {
    const next = { ...seen, [id]: isSeen };
    localStorage.setItem(KEPT, columnIds.filter((each) => next[each]).join(' '));
    setSeen(next);
  };
  return [seen, see];
};
