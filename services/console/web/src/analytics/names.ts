import { readable } from '../words/languages';

/** Questions, columns and tables are called as the service calls them, with blanks. */
export const calledOf = (name: string): string => readable(name.replaceAll('_', '-'));

/** A UTC day as the reader writes days. */
export const dayText = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day));
