import { Suspense, use, useMemo, type ReactNode } from 'react';
import type { Language, Words } from '../../words/languages';
import { SpeechContext, useSpeech } from '../../words/words';

const files: Readonly<Record<Language, () => Promise<{ readonly default: Partial<Words> }>>> = {
  en: () => import('../../words/en/rule-fields.json'),
  de: () => import('../../words/de/rule-fields.json'),
  ar: () => import('../../words/ar/rule-fields.json'),
};

const loaded = new Map<Language, Promise<Partial<Words>>>();

/** Once for each language; asked for again where it did not come. */
const wordsOf = (language: Language): Promise<Partial<Words>> => {
  const words = loaded.get(language) ?? files[language]().then((file) => file.default);
  loaded.set(language, words);
  words.catch(() => loaded.delete(language));
  return words;
};

const Widely = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const speech = useSpeech();
  const words = use(wordsOf(speech.language));
  const wider = useMemo(() => speech.including(words), [speech, words]);
  return <SpeechContext value={wider}>{children}</SpeechContext>;
};

/** What fields of rules are called is loaded with their forms: nobody else needs so many words. */
export const FieldWords = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <Suspense fallback={null}>
    <Widely>{children}</Widely>
  </Suspense>
);
