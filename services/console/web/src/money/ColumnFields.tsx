import { useEffect, useId, useState, type ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { FileField } from './FileField';
import { columnNames, lineFields, type SourceFieldsProps } from './mapping';

/** The header of a file is in its beginning, however large it is. */
const BEGINNING = 64_000;

/** Which column of the file holds which part of a line; a file of the source offers its own names. */
export const ColumnFields = ({ draft, change }: SourceFieldsProps): ReactNode => {
  const { say } = useSpeech();
  const [beginning, setBeginning] = useState('');
  const [sample, setSample] = useState<File>();
  const names = useId();
  useEffect(() => {
    let isWanted = true;
    void sample
      ?.slice(0, BEGINNING)
      .text()
      .then((text) => isWanted && setBeginning(text));
    return () => {
      isWanted = false;
    };
  }, [sample]);
  return (
    <fieldset>
      <legend>{say('money.source.columns')}</legend>
      <FileField label={say('money.source.sample')} hint={say('money.source.sample.hint')} onChoose={setSample} />
      <datalist id={names}>
        {columnNames(beginning, draft.delimiter).map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="fields">
        {lineFields.map((field) => (
          <label key={field} className="field">
            {say(`money.field.${field}`)}
            <input
              list={names}
              maxLength={200}
              value={draft.columns[field] ?? ''}
              onChange={({ target }) => change({ columns: { ...draft.columns, [field]: target.value } })}
            />
          </label>
        ))}
      </div>
    </fieldset>
  );
};
