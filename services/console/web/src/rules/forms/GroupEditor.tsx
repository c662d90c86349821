import type { ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { idAt, useDrafting } from './drafting';
import { FieldEditor } from './FieldEditor';
import { Grouped } from './Grouped';
import { fieldName } from './naming';
import { valueAt, type Place } from './places';
import type { EditorProps } from './ScalarEditor';
import { blankOf, isWhole, offeredOf, type Field } from './shape';

interface FieldsProps {
  readonly fields: readonly Field[];
  readonly place: Place;
}

const Offered = ({ fields, place }: FieldsProps): ReactNode => {
  const speech = useSpeech();
  const { kind, put } = useDrafting();
  return (
    <p className="rule-offered">
      <span className="quiet">{speech.say('rules.form.set')}</span>
      {fields.map(({ name, shape }) => {
        const at = [...place, name];
        return (
          <button
            key={name}
            id={`${idAt(at)}-set`}
            type="button"
            className="button"
            onClick={() => put(at, blankOf(shape) ?? '', [idAt(at)])}
          >
            + {fieldName(speech, kind, at)}
          </button>
        );
      })}
    </p>
  );
};

/** Fields side by side; what has parts has a line of its own. What nobody has to say is offered below. */
export const Fields = ({ fields, place }: FieldsProps): ReactNode => {
  const speech = useSpeech();
  const { kind, draft } = useDrafting();
  const offered = offeredOf(fields, valueAt(draft, place));
  return (
    <>
      <div className="rule-fields">
        {fields.map(
          (field) =>
            !offered.includes(field) && (
              <div key={field.name} className={isWhole(field.shape) ? undefined : 'has-parts'}>
                <FieldEditor
                  {...{ shape: field.shape, isRequired: field.isRequired }}
                  place={[...place, field.name]}
                  label={fieldName(speech, kind, [...place, field.name])}
                />
              </div>
            ),
        )}
      </div>
      {offered.length > 0 && <Offered fields={offered} place={place} />}
    </>
  );
};

export const GroupEditor = ({ shape, place, label, isRequired }: EditorProps<'group'>): ReactNode => (
  <Grouped {...{ place, label }} canBeLeftOut={!isRequired}>
    <Fields fields={shape.fields} place={place} />
  </Grouped>
);
