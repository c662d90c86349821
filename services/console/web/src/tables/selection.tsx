import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';

/** Rows that somebody chose, by their ids. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly choose: (ids: readonly string[], isChosen: boolean) => void;
  readonly clear: () => void;
}

const none: ReadonlySet<string> = new Set();

export const useSelection = (): Selection => {
  const [ids, setIds] = useState(none);
  const choose = useCallback((chosen: readonly string[], isChosen: boolean): void => {
    setIds((before) => (isChosen ? new Set([...before, ...chosen]) : new Set([...before].filter((id) => !chosen.includes(id)))));
  }, []);
  const clear = useCallback(() => setIds(none), []);
  return useMemo(() => ({ ids, choose, clear }), [ids, choose, clear]);
};

interface BoxProps {
  readonly label: string;
  readonly ids: readonly string[];
  readonly selection: Selection;
}

const Box = ({ label, ids, selection }: BoxProps): ReactNode => (
  <input
    type="checkbox"
    aria-label={label}
    checked={ids.length > 0 && ids.every((id) => selection.ids.has(id))}
    onChange={({ target }) => selection.choose(ids, target.checked)}
  />
);

export const SelectAll = ({ ids, selection }: Omit<BoxProps, 'label'>): ReactNode => (
  <th scope="col" className="select">
    <Box label={useSpeech().say('list.select.all')} ids={ids} selection={selection} />
  </th>
);

export const SelectRow = ({ id, selection }: { readonly id: string; readonly selection: Selection }): ReactNode => (
  <td className="select">
    <Box label={useSpeech().say('list.select')} ids={[id]} selection={selection} />
  </td>
);
