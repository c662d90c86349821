import { readable } from '../words/languages';
import type { Speech } from '../words/words';
import type { Question } from './address';

/** What nobody has words for yet is called as the service calls it, with blanks. */
const calledOf = (name: string): string => readable(name.replaceAll('_', '-'));

type Speaking = Pick<Speech, 'find'>;

export const questionName = ({ find }: Speaking, name: string): string => find(`analytics.question.${name}`) ?? calledOf(name);
export const columnName = ({ find }: Speaking, name: string): string => find(`analytics.column.${name}`) ?? calledOf(name);

/** What it asks, in the reader’s words: or in the service’s own, which are English. */
export const questionWords = (
  { find }: Speaking,
  { name, asks }: Pick<Question, 'name' | 'asks'>,
): { readonly text: string; readonly lang?: 'en' } => {
  const text = find(`analytics.asks.${name}`);
  return text === undefined ? { text: asks, lang: 'en' } : { text };
};

/** A UTC day as the reader writes days. */
export const dayText = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
