import type { ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import type { FormKind } from './form-kind';
import type { Drafting } from './drafting';
import { placeOf } from './field-faults';
import { placeWords } from './naming';

/** Everything that is wrong, above all fields: each leads to its field. */
export const FaultSummary = ({ kind, faults }: { readonly kind: FormKind; readonly faults: Drafting['faults'] }): ReactNode => {
  const speech = useSpeech();
  const show = (place: string): void => {
    const found = document.getElementById(`rule-${place}`);
    found?.focus();
    found?.scrollIntoView({ block: 'center' });
  };
  return (
    faults.size > 0 && (
      <div className="card rule-faults" role="alert">
        <p>
          <strong>{speech.say('rules.form.wrong')}</strong>
        </p>
        <ul>
          {[...faults].map(([place, messages]) => (
            <li key={place}>
              <button type="button" className="as-link" onClick={() => show(place)}>
                {placeWords(speech, kind, placeOf(place))}
              </button>{' '}
              <bdi>{messages.join(', ')}</bdi>
            </li>
          ))}
        </ul>
      </div>
    )
  );
};
