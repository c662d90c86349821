import type { ReactNode } from 'react';
import { densities, themes, useReader } from '../reader/reader';
import { languages, type Language } from '../words/languages';
import { useSpeech } from '../words/words';
import { Dialog } from './Dialog';

interface OneOfProps<Choice extends string> {
  readonly label: string;
  readonly value: Choice;
  /** Each with its name. */
  readonly options: readonly (readonly [Choice, string])[];
  readonly onChoose: (chosen: Choice) => void;
}

const OneOf = <Choice extends string>({ label, value, options, onChoose }: OneOfProps<Choice>): ReactNode => (
  <label className="field">
    {label}
    <select
      value={value}
      onChange={({ target }) => {
        const [chosen] = options.find(([option]) => option === target.value) ?? [];
        if (chosen !== undefined) onChoose(chosen);
      }}
    >
      {options.map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </select>
  </label>
);

/** How the console looks and speaks, for this person on this device. */
export const ReaderChoices = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { theme, density, language, setTheme, setDensity, setLanguage } = useReader();
  return (
    <Dialog title={say('settings')} onClose={onClose}>
      <div className="dialog-body">
        <OneOf label={say('theme')} value={theme} options={themes.map((each) => [each, say(`theme.${each}`)])} onChoose={setTheme} />
        <OneOf
          label={say('density')}
          value={density}
          options={densities.map((each) => [each, say(`density.${each}`)])}
          onChoose={setDensity}
        />
        <OneOf
          label={say('language')}
          value={language}
          options={Object.entries(languages).map(([code, name]) => [code as Language, name])}
          onChoose={setLanguage}
        />
      </div>
    </Dialog>
  );
};
