import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { Chosen, Written } from './controls';
import { idAt, useDrafting } from './drafting';
import { FieldEditor } from './FieldEditor';
import { Grouped } from './Grouped';
import { codeName } from './naming';
import { valueAt } from './places';
import type { EditorProps } from './ScalarEditor';
import { blankOf } from './shape';
import { useVocabulary } from './useVocabulary';
import { vocabularyAt } from './vocabulary';

const LONGEST_NAME = 64;

const AddName = ({ shape, place, label, named }: EditorProps<'names'> & { readonly named: readonly string[] }): ReactNode => {
  const { say } = useSpeech();
  const { kind, put } = useDrafting();
  const [name, setName] = useState('');
  const offer = useVocabulary(vocabularyAt(kind, place));
  const left = offer?.options.filter(([code]) => !named.includes(code));
  const isNew = name.trim() !== '' && !named.includes(name.trim());
  const add = (): void => {
    const at = [...place, name.trim()];
    setName('');
    if (isNew) put(at, blankOf(shape.of) ?? 0, [idAt(at)]);
  };
  const addByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  };
  const described = { id: `${idAt(place)}-add`, 'aria-describedby': undefined, 'aria-invalid': false, 'aria-required': false };
  return (
    <p className="rule-offered" onKeyDown={addByKey}>
      <label htmlFor={described.id} className="unseen">
        {say('rules.form.add', { field: label })}
      </label>
      {offer?.isClosed ? (
        <Chosen {...described} value={name} options={left ?? []} canBeUnset onChange={(next) => setName(next ?? '')} />
      ) : (
        <Written {...described} value={name} longest={LONGEST_NAME} options={left} onChange={setName} />
      )}
      <button type="button" className="button" disabled={!isNew} onClick={add}>
        + {say('rules.form.add', { field: label })}
      </button>
    </p>
  );
};

/** Names, each with a value: what a location costs, what a signal weighs. */
export const NamesEditor = (props: EditorProps<'names'>): ReactNode => {
  const { shape, place, label, isRequired } = props;
  const speech = useSpeech();
  const { kind, draft, put } = useDrafting();
  const vocabulary = vocabularyAt(kind, place);
  const value = valueAt(draft, place);
  const named = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return (
    <Grouped {...{ place, label }} canBeLeftOut={!isRequired}>
      {named.length === 0 && <p className="quiet">{speech.say('rules.form.empty')}</p>}
      <ul className="rule-items">
        {named.map((each) => {
          const at = [...place, each];
          const item = codeName(speech, vocabulary, each);
          return (
            <li key={each} className="rule-item is-named">
              <FieldEditor shape={shape.of} place={at} label={item} hasHelp={false} isRequired />
              <button
                type="button"
                className="button"
                aria-label={speech.say('rules.form.remove', { item })}
                onClick={() => put(at, undefined, [`${idAt(place)}-add`])}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          );
        })}
      </ul>
      <AddName {...props} named={named} />
    </Grouped>
  );
};
