import { Suspense, use, useMemo, type ReactNode } from 'react';
import type { Language, Words } from './languages';
import { SpeechContext, useSpeech } from './words';

type Files = Readonly<Record<Language, () => Promise<{ readonly default: Partial<Words> }>>>;

interface LaterWordsProps {
  readonly children: ReactNode;
}

/** Further words, loaded with the pages that say them: nobody else needs so many. What is shown within can say them. */
export const laterWords = (files: Files): ((props: LaterWordsProps) => ReactNode) => {
  const loaded = new Map<Language, Promise<Partial<Words>>>();

  /** Once for each language; asked for again where it did not come. */
  const wordsOf = (language: Language): Promise<Partial<Words>> => {
    const words = loaded.get(language) ?? files[language]().then((file) => file.default);
    loaded.set(language, words);
    words.catch(() => loaded.delete(language));
    return words;
  };

  const Widely = ({ children }: LaterWordsProps): ReactNode => {
    const speech = useSpeech();
    const words = use(wordsOf(speech.language));
    const wider = useMemo(() => speech.including(words), [speech, words]);
    return <SpeechContext value={wider}>{children}</SpeechContext>;
  };

  return ({ children }) => (
    <Suspense fallback={null}>
      <Widely>{children}</Widely>
    </Suspense>
  );
};
