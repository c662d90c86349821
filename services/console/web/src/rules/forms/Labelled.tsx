import type { ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { idAt, useDrafting } from './drafting';
import { fieldHelp } from './naming';
import { placeText, type Place } from './places';

/** What a control is told by, for whoever does not see it. */
export interface Described {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
  readonly 'aria-required': boolean;
}

/** What is wrong at a place, as the service says it. */
export const FaultsAt = ({ place }: { readonly place: Place }): ReactNode => {
  const faults = useDrafting().faults.get(placeText(place)) ?? [];
  return (
    faults.length > 0 && (
      <span id={`${idAt(place)}-faults`} className="field-fault">
        {faults.map((fault) => (
          <bdi key={fault}>{fault}</bdi>
        ))}
      </span>
    )
  );
};

interface LabelledProps {
  readonly place: Place;
  readonly label: string;
  /** Of an item of a list nobody says it again. */
  readonly hasHelp?: boolean;
  readonly isRequired: boolean;
  /** Said to screen readers only: who sees it knows it from where it stands. */
  readonly isLabelUnseen?: boolean;
  readonly children: (described: Described) => ReactNode;
}

const useTold = (place: Place, hasHelp: boolean) => {
  const speech = useSpeech();
  const { kind, faults } = useDrafting();
  const help = hasHelp ? fieldHelp(speech, kind, place) : undefined;
  const isWrong = faults.has(placeText(place));
  const id = idAt(place);
  const told = [...(help === undefined ? [] : [`${id}-help`]), ...(isWrong ? [`${id}-faults`] : [])].join(' ');
  return { id, help, isWrong, told: told === '' ? undefined : told };
};

/** A field with its label, its help, and what is wrong with it. */
export const Labelled = ({ place, label, hasHelp = true, isRequired, isLabelUnseen = false, children }: LabelledProps): ReactNode => {
  const { id, help, isWrong, told } = useTold(place, hasHelp);
  return (
    <div className="rule-field">
      <label htmlFor={id} className={isLabelUnseen ? 'unseen' : undefined}>
        {label}
      </label>
      {children({ id, 'aria-describedby': told, 'aria-invalid': isWrong, 'aria-required': isRequired })}
      {help !== undefined && (
        <span id={`${id}-help`} className="quiet">
          {help}
        </span>
      )}
      <FaultsAt place={place} />
    </div>
  );
};
