import { exponentOf, majorUnits } from '@cartage/contracts';
import { escaped } from './public-page';

/* What pages for people who have a link are made of. Each page has words of its own. */

/** Languages of these pages, each by its own name. */
const languageNames = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  hi: 'हिन्दी',
} as const;
export type PublicLanguage = keyof typeof languageNames;

/** The first is spoken to whoever reads none of them. */
export const publicLanguages = ['en', 'ar', 'de', 'es', 'fr', 'hi'] as const satisfies readonly [PublicLanguage, ...PublicLanguage[]];

/**
 * How they all look: in the reader's colours, on a phone as on a desk, and on paper without what only a screen can do. Every text stands out from its ground by 4.5 to 1 at least, and
 * the edge of what can be filled in by 3 to 1.
 */
export const pageStyle = `:root{color-scheme:light dark;--ground:#f6f6f4;--card:#fff;--ink:#1a1a1a;--quiet:#555;--line:#d8d8d4;--edge:#767676;--wrong:#a40000;--act:#1f4e5f;--on-act:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#16181a;--card:#202326;--ink:#ececec;--quiet:#b3b8bc;--line:#3d4247;--edge:#8d9297;--wrong:#ff9b94;--act:#9ccfe0;--on-act:#0b2129}}
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--ground);margin:0}main,nav{max-width:42rem;margin:0 auto;padding:1.5rem}nav{padding-bottom:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:0;padding:0}nav a,nav span{display:inline-block;padding:.25rem 0}nav span{font-weight:600}a{color:var(--act)}:focus-visible{outline:3px solid var(--act);outline-offset:2px}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:0 0 .5rem}
fieldset,article,main>dl,main>ol,.said{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:0 0 1rem;min-width:0}legend{font-weight:600;padding:0 .3rem}.said>:first-child,article>:first-child{margin-top:0}.said>:last-child,article>:last-child,dl>:last-child{margin-bottom:0}
label{display:block;margin:.5rem 0 .1rem}input,select,textarea,button{font:inherit;max-width:100%;box-sizing:border-box;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:.3rem;padding:.4rem .5rem}textarea,input[type=text]{width:100%}
.choice{display:flex;gap:.5rem;align-items:baseline;margin:.3rem 0}.choice label{margin:0}button,.button{display:inline-block;padding:.6rem 1.2rem;background:var(--act);color:var(--on-act);border:1px solid var(--act);border-radius:.3rem;text-decoration:none;cursor:pointer}
small,dt{color:var(--quiet);display:block}dd{margin:0 0 .6rem;overflow-wrap:anywhere}.wrong{border-color:var(--wrong)}.wrong p,.fault{color:var(--wrong);margin:.2rem 0}
@media print{:root{--ground:#fff;--card:#fff;--ink:#000;--quiet:#333}nav,form,.button,.said{display:none}}`;

/** An amount in minor units, as people write it in that language, with as many digits as its currency has. */
export const moneyIn = (language: string, currency: string, amount: number): string => {
  const digits = exponentOf(currency);
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return escaped(new Intl.NumberFormat(language, format).format(majorUnits(amount, currency)));
};

/** A day, such as `2026-12-23`. */
export const dayIn = (language: string, day: string): string => {
  const shown = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return `<time datetime="${escaped(day)}">${escaped(shown)}</time>`;
};

/** A moment, by the clock of an IANA zone, which is named. */
export const momentIn = (language: string, zone: string, at: string): string => {
  const format = { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
  const shown = new Intl.DateTimeFormat(language, { ...format, timeZone: zone }).format(new Date(at));
  return `<time datetime="${escaped(at)}">${escaped(shown)}</time>`;
};

export const paragraph = (text: string): string => `<p>${escaped(text)}</p>`;

export const hidden = (name: string, value: string): string => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`;

/** A form that is sent to the address of its own page, in the same language. */
export const formIn = (language: string, fields: string): string => `<form method="post" action="?lang=${language}">${fields}</form>`;

/** An id for an element, whatever the field is called. */
export const idOf = (name: string): string => `f-${Buffer.from(name).toString('base64url')}`;

/** The same page in the other languages; `says` is what the choice is of. */
export const languageChoice = (language: PublicLanguage, says: string): string => {
  const choices = publicLanguages.map((each) =>
    each === language
      ? `<li><span lang="${each}" aria-current="true">${languageNames[each]}</span></li>`
      : `<li><a href="?lang=${each}" lang="${each}" hreflang="${each}">${languageNames[each]}</a></li>`,
  );
  return `<nav aria-label="${escaped(says)}"><ul>${choices.join('')}</ul></nav>`;
};
