import type { ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { idAt, useDrafting } from './drafting';
import { FaultsAt } from './Labelled';
import { fieldHelp } from './naming';
import type { Place } from './places';

interface GroupedProps {
  readonly place: Place;
  readonly label: string;
  /** What is left out as a whole can be; an item of a list is removed by its list. */
  readonly canBeLeftOut: boolean;
  readonly children: ReactNode;
}

/** What has parts, under its name. */
export const Grouped = ({ place, label, canBeLeftOut, children }: GroupedProps): ReactNode => {
  const speech = useSpeech();
  const { kind, put } = useDrafting();
  const help = fieldHelp(speech, kind, place);
  const id = idAt(place);
  return (
    <fieldset id={id} className="rule-group" tabIndex={-1} aria-describedby={help === undefined ? undefined : `${id}-help`}>
      <legend>{label}</legend>
      {help !== undefined && (
        <p id={`${id}-help`} className="quiet">
          {help}
        </p>
      )}
      <FaultsAt place={place} />
      {children}
      {canBeLeftOut && (
        <p>
          <button type="button" className="button" onClick={() => put(place, undefined, [`${id}-set`])}>
            {speech.say('rules.form.leave-out', { field: label })}
          </button>
        </p>
      )}
    </fieldset>
  );
};
