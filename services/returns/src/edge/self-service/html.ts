import { exponentOf, majorUnits } from '@cartage/contracts';
import { escaped, publicPage } from '@cartage/service-kit';
import { pagePhrases, type PageLanguage, type PagePhrases } from '../../app/self-service/phrases';

const style = `body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#f6f6f4;margin:0}main{max-width:42rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem;margin:0 0 .5rem}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:0}fieldset,section>article,dl,.said{background:#fff;border:1px solid #d8d8d4;border-radius:.5rem;padding:1rem;margin:0 0 1rem}
legend{font-weight:600;padding:0 .3rem}label{display:block;margin:.5rem 0 .1rem}input,select,textarea,button{font:inherit;max-width:100%;box-sizing:border-box}textarea,input[type=text]{width:100%}
.choice{display:flex;gap:.5rem;align-items:baseline;margin:.3rem 0}.choice label{margin:0}button{padding:.6rem 1.2rem}small,dt{color:#555;display:block}dd{margin:0 0 .6rem;overflow-wrap:anywhere}.wrong{border-color:#a40000}.wrong p,.fault{color:#a40000;margin:.2rem 0}`;

const page = publicPage({ style, forms: true });
export const pageHeaders = page.headers;

/** A language, and its words. */
export interface Voice {
  readonly language: PageLanguage;
  readonly phrases: PagePhrases;
}

export const voiceIn = (language: PageLanguage): Voice => ({ language, phrases: pagePhrases[language] });

export const htmlOf = ({ language, phrases }: Voice, body: string): string =>
  page.html({ language, title: phrases.title, body: `<h1>${escaped(phrases.title)}</h1>\n${body}` });

export const money = ({ language }: Voice, currency: string, amount: number): string => {
  const digits = exponentOf(currency);
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return escaped(new Intl.NumberFormat(language, format).format(majorUnits(amount, currency)));
};

/** A day, such as `2026-12-23`. */
export const dayIn = ({ language }: Voice, day: string): string => {
  const shown = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return `<time datetime="${escaped(day)}">${escaped(shown)}</time>`;
};

export const paragraph = (text: string): string => `<p>${escaped(text)}</p>`;

/** What is said with a day. */
export const untilDay = (voice: Voice, says: string, day: string | undefined): string =>
  day === undefined ? '' : `<p>${escaped(says)} ${dayIn(voice, day)}</p>`;

export const hidden = (name: string, value: string): string => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`;

/** A form that is sent to the address of its own page, in the same language. */
export const formOf = ({ language }: Voice, fields: string): string => `<form method="post" action="?lang=${language}">${fields}</form>`;

/** An id for an element, whatever the field is called. */
export const idOf = (name: string): string => `f-${Buffer.from(name).toString('base64url')}`;
