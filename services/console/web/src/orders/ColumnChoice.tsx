import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { columnIds, type ColumnId } from './columns';
import type { SeenColumns } from './seen-columns';

interface ColumnChoiceProps {
  readonly seen: SeenColumns;
  readonly see: (id: ColumnId, isSeen: boolean) => void;
}

/** Which columns are seen. */
export const ColumnChoice = ({ seen, see }: ColumnChoiceProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <details className="columns">
      <summary className="button">{say('orders.columns')}</summary>
      <ul className="card">
        {columnIds.slice(1).map((id) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={seen[id] ?? false} onChange={({ target }) => see(id, target.checked)} />
              {say(`column.${id}`)}
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
};
