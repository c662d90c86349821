import { useState } from 'react';
import type { Columns } from './columns';

export type SeenColumns = Readonly<Record<string, boolean>>;

const keptAs = (list: string): string => `cartage.columns.${list}`;

const keptColumns = <Row>({ list, of }: Columns<Row>): SeenColumns => {
  const kept = localStorage.getItem(keptAs(list))?.split(' ');
  return Object.fromEntries(of.map(({ id, isUnseenAtFirst }, at) => [id, at === 0 || (kept?.includes(id) ?? !isUnseenAtFirst)]));
};

/** Which columns of a list somebody wants to see, on this device. */
export const useSeenColumns = <Row>(columns: Columns<Row>): readonly [SeenColumns, (id: string, isSeen: boolean) => void] => {
  const [seen, setSeen] = useState(() => keptColumns(columns));
  const see = (id: string, isSeen: boolean): void => {
    const next = { ...seen, [id]: isSeen };
    const ids = columns.of.flatMap((column) => (next[column.id] ? [column.id] : []));
    localStorage.setItem(keptAs(columns.list), ids.join(' '));
    setSeen(next);
  };
  return [seen, see];
};
