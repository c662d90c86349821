import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { directionOf, isLanguage, localeOf, spokenOf, type Language } from '../words/languages';
import { loadWords, SpeechContext, speechOf, type Speech } from '../words/words';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What somebody chose for themselves on this device. */
export interface Reader {
  readonly theme: Theme;
  readonly language: Language;
  setTheme(theme: Theme): void;
  setLanguage(language: Language): void;
}

const ReaderContext = createContext<Reader | undefined>(undefined);

export const useReader = (): Reader => {
  const reader = useContext(ReaderContext);
  if (!reader) throw new Error('Nobody reads.');
  return reader;
};

const kept = (name: string): string | null => localStorage.getItem(`cartage.${name}`);
const keep = (name: string, value: string): void => localStorage.setItem(`cartage.${name}`, value);

const keptTheme = (): Theme => themes.find((theme) => theme === kept('theme')) ?? 'system';
const keptLanguage = (): Language => {
  const language = kept('language');
  return isLanguage(language) ? language : spokenOf(navigator.languages);
};

/** The theme that is shown: what was chosen, or what the device has now. */
const useShownTheme = (theme: Theme): void => {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const show = (): void => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    show();
    dark.addEventListener('change', show);
    return () => dark.removeEventListener('change', show);
  }, [theme]);
};

/** The words of a language; while another one is loaded, the one before. */
const useLoadedSpeech = (language: Language): Speech | undefined => {
  const [speech, setSpeech] = useState<Speech>();
  useEffect(() => {
    let wanted = true;
    void loadWords[language]().then(({ default: words }) => {
      if (!wanted) return;
      document.documentElement.lang = language;
      document.documentElement.dir = directionOf(language);
      setSpeech(speechOf(language, localeOf(language, navigator.languages), words));
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  return speech;
};

export const ReaderProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const [theme, showTheme] = useState(keptTheme);
  const [language, showLanguage] = useState(keptLanguage);
  useShownTheme(theme);
  const speech = useLoadedSpeech(language);
  const setTheme = useCallback((chosen: Theme) => {
    keep('theme', chosen);
    showTheme(chosen);
  }, []);
  const setLanguage = useCallback((chosen: Language) => {
    keep('language', chosen);
    showLanguage(chosen);
  }, []);
  const reader = useMemo(() => ({ theme, language, setTheme, setLanguage }), [theme, language, setTheme, setLanguage]);
  if (!speech) return null;
  return (
    <ReaderContext value={reader}>
      <SpeechContext value={speech}>{children}</SpeechContext>
    </ReaderContext>
  );
};
