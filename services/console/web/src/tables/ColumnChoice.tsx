import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';
import type { Columns } from './columns';
import type { SeenColumns } from './seen-columns';

interface ColumnChoiceProps<Row> {
  readonly columns: Columns<Row>;
  readonly seen: SeenColumns;
  readonly see: (id: string, isSeen: boolean) => void;
}

/** Which columns are seen. */
export const ColumnChoice = <Row,>({ columns, seen, see }: ColumnChoiceProps<Row>): ReactNode => {
  const { say } = useSpeech();
  return (
    <details className="columns">
      <summary className="button">{say('list.columns')}</summary>
      <ul className="card">
        {columns.of.slice(1).map(({ id, heading }) => (
          <li key={id}>
            <label>
              <input type="checkbox" checked={seen[id] ?? false} onChange={({ target }) => see(id, target.checked)} />
              {say(heading)}
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
};
