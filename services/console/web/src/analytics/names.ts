import { readable } from '../words/languages';
import type { Speech } from '../words/words';
import type { Question } from './address';

/** What nobody has words for yet is called as the service calls it, with blanks. */
const calledOf = (name: string): string => readable(name.replaceAll('_', '-'));

type Speaking = Pick<Speech, 'find'>;

export const questionName = ({ find }: Speaking, name: string): string => find(`analytics.question.${name}`) ?? calledOf(name);
export const columnName = ({ find }: Speaking, name: string): string => find(`analytics.column.${name}`) ?? calledOf(name);

/** In the reader’s words: or in the service’s own, which are English. */
interface QuestionWords {
  readonly text: string;
  readonly lang?: 'en';
}

const inWords = (text: string | undefined, english: string): QuestionWords =>
  text === undefined ? { text: english, lang: 'en' } : { text };

/** What it asks. */
export const questionWords = ({ find }: Speaking, { name, asks }: Pick<Question, 'name' | 'asks'>): QuestionWords =>
  inWords(find(`analytics.asks.${name}`), asks);

/** How its answer is to be read. */
export const readingWords = ({ find }: Speaking, { name, reading }: Pick<Question, 'name' | 'reading'>): QuestionWords =>
  inWords(find(`analytics.reading.${name}`), reading);

/** What stands in a column of text: where it is one of few, the word for it; a SKU, a channel or a location as it is. */
export const textOf = ({ find }: Speaking, column: string | undefined, code: string): string =>
  find(`analytics.code.${column}.${code}`) ?? code;

/** What a line or a bar of a picture is of. */
export const groupName = (speech: Pick<Speech, 'find' | 'say'>, by: string | undefined, name: string | null): string =>
  name === null ? speech.say('analytics.nobody') : textOf(speech, by, name);

/** A UTC day as the reader writes days. */
export const dayText = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
