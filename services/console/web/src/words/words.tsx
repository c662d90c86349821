import { IntlMessageFormat } from 'intl-messageformat';
import { createContext, useContext } from 'react';
import { ageText, countText, countryText, exactTimeText, moneyText, sinceText, timeText } from '../formats/formats';
import type en from './en';
import { readable, type Language, type WordId, type Words } from './languages';

type Values = Readonly<Record<string, string | number>>;

/** How this reader is spoken to. */
export interface Speech {
  readonly language: Language;
  readonly locale: string;
  say(id: WordId, values?: Values): string;
  /** The words for a code of the services, such as `status.on-hold`; the code itself where it is new to the console. */
  name(kind: string, code: string): string;
  /** What is said of something that the services may know and the console may not; nothing where it has no words for it. */
  find(id: string): string | undefined;
  /** The same with further words, which not everybody needs. */
  including(words: Partial<Words>): Speech;
  money(amount: number, currency: string): string;
  count(count: number): string;
  time(instant: string): string;
  exactTime(instant: string): string;
  since(instant: string): string;
  age(instant: string): string;
  country(code: string): string;
}

export const speechOf = (language: Language, locale: string, words: Partial<Words>): Speech => {
  const wordOf = (id: WordId): string => words[id] ?? id;
  const formats = new Map<WordId, IntlMessageFormat>();
  const formatOf = (id: WordId): IntlMessageFormat => {
    const known = formats.get(id) ?? new IntlMessageFormat(wordOf(id), locale);
    formats.set(id, known);
    return known;
  };
  const isWord = (id: string): id is WordId => id in words;
  return {
    language,
    locale,
    say: (id, values) => (values ? String(formatOf(id).format(values)) : wordOf(id)),
    name: (kind, code) => {
      const id = `${kind}.${code}`;
      return isWord(id) ? wordOf(id) : readable(code);
    },
    find: (id) => (isWord(id) ? words[id] : undefined),
    including: (more) => speechOf(language, locale, { ...words, ...more }),
    money: (amount, currency) => moneyText(locale, amount, currency),
    count: (count) => countText(locale, count),
    time: (instant) => timeText(locale, instant),
    exactTime: (instant) => exactTimeText(locale, instant),
    since: (instant) => sinceText(locale, instant, Date.now()),
    age: (instant) => ageText(locale, instant, Date.now()),
    country: (code) => countryText(locale, code),
  };
};

/** Each language is loaded when somebody reads it. */
export const loadWords: Readonly<Record<Language, () => Promise<{ readonly default: typeof en }>>> = {
  en: () => import('./en'),
  de: () => import('./de'),
  ar: () => import('./ar'),
};

export const SpeechContext = createContext<Speech | undefined>(undefined);

export const useSpeech = (): Speech => {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('Nobody said how to speak.');
  return speech;
};
