import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { directionOf, isLanguage, localeOf, spokenOf, type Language } from '../words/languages';
import { loadWords, SpeechContext, speechOf, type Speech } from '../words/words';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** How close together everything stands. */
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

/** What somebody chose for themselves on this device. */
export interface Reader {
  readonly theme: Theme;
  readonly density: Density;
  readonly language: Language;
  setTheme(theme: Theme): void;
  setDensity(density: Density): void;
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
const keptDensity = (): Density => densities.find((density) => density === kept('density')) ?? 'comfortable';
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

const useShownDensity = (density: Density): void => {
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
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

/** Something that is chosen once and kept on the device. */
const useKept = <Choice extends string>(name: string, first: () => Choice): readonly [Choice, (chosen: Choice) => void] => {
  const [choice, show] = useState(first);
  const choose = useCallback(
    (chosen: Choice) => {
      keep(name, chosen);
      show(chosen);
    },
    [name],
  );
  return [choice, choose];
};

export const ReaderProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const [theme, setTheme] = useKept('theme', keptTheme);
  const [density, setDensity] = useKept('density', keptDensity);
  const [language, setLanguage] = useKept('language', keptLanguage);
  useShownTheme(theme);
  useShownDensity(density);
  const speech = useLoadedSpeech(language);
  const reader = useMemo(
    () => ({ theme, density, language, setTheme, setDensity, setLanguage }),
    [theme, density, language, setTheme, setDensity, setLanguage],
  );
  if (!speech) return null;
  return (
    <ReaderContext value={reader}>
      <SpeechContext value={speech}>{children}</SpeechContext>
    </ReaderContext>
  );
};
