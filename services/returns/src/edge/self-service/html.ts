import { dayIn, escaped, formIn, languageChoice, moneyIn, pageStyle, publicPage } from '@cartage/service-kit';
import { pagePhrases, type PageLanguage, type PagePhrases } from '../../app/self-service/phrases';

export { hidden, idOf, paragraph } from '@cartage/service-kit';

const page = publicPage({ style: pageStyle, forms: true });
export const pageHeaders = page.headers;

/** A language, and its words. */
export interface Voice {
  readonly language: PageLanguage;
  readonly phrases: PagePhrases;
}

export const voiceIn = (language: PageLanguage): Voice => ({ language, phrases: pagePhrases[language] });

export const htmlOf = ({ language, phrases }: Voice, body: string): string =>
  page.html({
    ...{ language, title: phrases.title, before: languageChoice(language, phrases.language) },
    body: `<h1>${escaped(phrases.title)}</h1>\n${body}`,
  });

export const money = ({ language }: Voice, currency: string, amount: number): string => moneyIn(language, currency, amount);

/** What is said with a day. */
export const untilDay = ({ language }: Voice, says: string, day: string | undefined): string =>
  day === undefined ? '' : `<p>${escaped(says)} ${dayIn(language, day)}</p>`;

/** A form that is sent to the address of its own page, in the same language. */
export const formOf = ({ language }: Voice, fields: string): string => formIn(language, fields);
