import type { ReactNode } from 'react';
import { themes, useReader, type Theme } from '../reader/reader';
import { isLanguage, languages } from '../words/languages';
import { useSpeech } from '../words/words';
import { Dialog } from './Dialog';

const isTheme = (text: string): text is Theme => themes.some((theme) => theme === text);

/** How the console looks and speaks, for this person on this device. */
export const ReaderChoices = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { theme, language, setTheme, setLanguage } = useReader();
  return (
    <Dialog title={say('settings')} onClose={onClose}>
      <div className="dialog-body">
        <label className="field">
          {say('theme')}
          <select value={theme} onChange={({ target }) => isTheme(target.value) && setTheme(target.value)}>
            {themes.map((each) => (
              <option key={each} value={each}>
                {say(`theme.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {say('language')}
          <select value={language} onChange={({ target }) => isLanguage(target.value) && setLanguage(target.value)}>
            {Object.entries(languages).map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
    </Dialog>
  );
};
