import type en from './en';
import type questions from './en/questions.json';
import type fields from './en/rule-fields.json';

/** What the console can say: each has its words in English, and every language has them all. */
export type WordId = keyof typeof en | keyof typeof fields | keyof typeof questions;
export type Words = Readonly<Record<WordId, string>>;

/** In its own name, so that whoever reads no other language finds it. */
export const languages = { en: 'English', de: 'Deutsch', ar: 'العربية' } as const;
export type Language = keyof typeof languages;

export const isLanguage = (text: string | null | undefined): text is Language => text !== null && text !== undefined && text in languages;

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** The first of the reader's own languages that the console speaks. */
export const spokenOf = (wanted: readonly string[]): Language => {
  const spoken = wanted.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage);
  return spoken ?? 'en';
};

/** The reader's own variant of the language, for dates and money: `en-GB` where the console speaks English. */
export const localeOf = (language: Language, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;

/** A code as it is, in words that anybody can read: for what the console has no words for yet. */
export const readable = (code: string): string => code.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());

/** `OrderPlaced` in words. */
export const eventName = (type: string): string => readable(type.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase());
