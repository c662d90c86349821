import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, name: string])[];
  readonly onChoose: (value: string | undefined) => void;
}

/** A filter: one of some, or any. What is chosen and not among them is shown all the same. */
export const Choice = ({ label, value, options, onChoose }: ChoiceProps): ReactNode => {
  const { say } = useSpeech();
  const isListed = value === undefined || options.some(([each]) => each === value);
  return (
    <label className="field">
      {label}
      <select value={value ?? ''} onChange={({ target }) => onChoose(target.value === '' ? undefined : target.value)}>
        <option value="">{say('list.any')}</option>
        {(isListed ? options : [...options, [value, value] as const]).map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
};
