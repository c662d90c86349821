import {
  dayIn,
  escaped,
  formIn,
  hidden,
  languageChoice,
  moneyIn,
  pageStyle,
  paragraph,
  publicPage,
  type Form,
  type PublicLanguage,
} from '@cartage/service-kit';
import { dayIn as dayOf } from '../../app/customer-page/opened';
import type { FaultAt } from '../../app/customer-page/customer-page';
import { pagePhrases, type PageFault, type PagePhrases } from '../../app/customer-page/phrases';
import { fieldNames, type Step } from './form-reading';

const style = `${pageStyle}.now{font-size:1.2rem;margin:0 0 1rem}ul.units{list-style:none;margin:.2rem 0 0;padding:0}article>h3{display:flex;gap:1rem;justify-content:space-between}address{font-style:normal;white-space:pre-line}`;

const page = publicPage({ style, forms: true });
export const pageHeaders = page.headers;

/** A language, and its words. */
export interface Voice {
  readonly language: PublicLanguage;
  readonly phrases: PagePhrases;
}

export const voiceIn = (language: PublicLanguage): Voice => ({ language, phrases: pagePhrases[language] });

/** What was sent before, and what is wrong with it. */
export interface Said {
  readonly form?: Form;
  readonly faults: readonly FaultAt[];
}

export const htmlOf = ({ language, phrases }: Voice, heading: string, body: string): string =>
  page.html({
    ...{ language, title: heading, before: languageChoice(language, phrases.language) },
    body: `<h1>${escaped(heading)}</h1>\n${body}`,
  });

export const money = ({ language }: Voice, currency: string, amount: number): string => moneyIn(language, currency, amount);

/** The day on which an instant falls, by the clock of a zone. */
export const dayAt = ({ language }: Voice, zone: string, at: string): string => dayIn(language, dayOf(zone, at));

/** A view of the page, in the same language. */
export const linkTo = ({ language }: Voice, query: string, says: string): string =>
  `<a class="button" href="?lang=${language}${query}">${escaped(says)}</a>`;

export const backToOrder = ({ language, phrases }: Voice): string => `<p><a href="?lang=${language}">${escaped(phrases.back)}</a></p>`;

/** A form that takes a step of this page once. */
export const stepForm = (
  { language }: Voice,
  { form, step, says }: { readonly form: string; readonly step: Step; readonly says: string },
  fields: readonly string[],
): string =>
  formIn(
    language,
    [
      hidden(fieldNames.form, form),
      hidden(fieldNames.step, step),
      ...fields,
      `<p><button type="submit">${escaped(says)}</button></p>`,
    ].join('\n'),
  );

/** What is wrong, before everything else. */
export const faultsSaid = ({ phrases }: Voice, faults: readonly FaultAt[]): string => {
  if (faults.length === 0) return '';
  const says = [...new Set(faults.map(({ fault }) => phrases.faults[fault]))].map(paragraph);
  return `<div class="said wrong" role="alert"><h2>${escaped(phrases.correct)}</h2>${says.join('')}</div>`;
};

/** Of one field, beside it; `id` is what the field points to. */
export const faultBeside = ({ phrases }: Voice, id: string, fault: PageFault | undefined): string =>
  fault === undefined ? '' : `<p class="fault" id="${id}-fault">${escaped(phrases.faults[fault])}</p>`;

export const describedBy = (id: string, fault: PageFault | undefined): string =>
  fault === undefined ? '' : ` aria-invalid="true" aria-describedby="${id}-fault"`;

export const faultIn = ({ faults }: Said, field: string): PageFault | undefined => faults.find((each) => each.field === field)?.fault;
