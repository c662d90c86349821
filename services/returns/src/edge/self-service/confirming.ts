import { escaped, type Form } from '@cartage/service-kit';
import type { PagePhrases } from '../../app/self-service/phrases';
import type { OpenPage, Quoted, Wish } from '../../app/self-service/self-service';
import { sendByDay } from './choosing';
import { fieldNames } from './form-reading';
import { formOf, hidden, money, paragraph, type Voice } from './html';

type Offer = Extract<Quoted, { readonly quote: unknown }>;
type Line = Offer['quote']['lines'][number];

/** The word for something, where there is one. */
export const wordOf = <Words extends object>(words: Words, name: string): string | undefined =>
  Object.hasOwn(words, name) ? String(words[name as keyof Words]) : undefined;

const verdictOf = ({ standings, obstacles }: PagePhrases, { standing, reason = '' }: Line): string => {
  const says = wordOf(standings, standing) ?? standings.review;
  const why = standing === 'declined' ? wordOf(obstacles, reason) : undefined;
  return why === undefined ? says : `${says}: ${why}`;
};

const titleOf = ({ items }: OpenPage, { lineId, sku }: Line): string =>
  items.find((item) => item.lineId === lineId && item.sku === sku)?.title ?? sku;

/** How it is sent back, and at whose cost. */
export const wayOf = ({ phrases }: Voice, { by, paidBy }: { readonly by: string; readonly paidBy: string }): string =>
  paragraph(`${wordOf(phrases.ways, by) ?? phrases.ways['own-way']} ${wordOf(phrases.payers, paidBy) ?? phrases.payers.customer}`);

const sums = (voice: Voice, { quote: { currency, back, delivery, fees } }: Offer): string => {
  const { phrases } = voice;
  const rows: readonly (readonly [string, number])[] = [
    [phrases.back, back],
    ...(delivery > 0 ? [[phrases.delivery, delivery] as const] : []),
    ...fees.map(({ code, amount }) => [wordOf(phrases.fees, code) ?? phrases.fees.return, amount] as const),
  ];
  return `<dl>${rows.map(([name, amount]) => `<dt>${escaped(name)}</dt><dd>${money(voice, currency, amount)}</dd>`).join('')}</dl>`;
};

/** What was chosen goes with the answer: nothing of it is kept here meanwhile. */
const carried = (form: Form, { lines, note }: Wish): readonly string[] => {
  const { units, reason, condition, article, outcome } = fieldNames;
  const names = lines.flatMap(({ field }) => [units(field), reason(field), condition(field), article(field)]);
  const fields = [...names, outcome].flatMap((name) => {
    const value = form.get(name);
    return value === undefined ? [] : [hidden(name, value)];
  });
  return note === undefined ? fields : [...fields, hidden(fieldNames.note, note)];
};

interface Checked {
  readonly form: Form;
  readonly wish: Wish;
  readonly offer: Offer;
}

/** What follows, before it does. */
export const confirming = (voice: Voice, page: OpenPage, { form, wish, offer }: Checked): string => {
  const { phrases, language } = voice;
  const { quote, sendBy } = offer;
  const lines = quote.lines.map(
    (line) => `<dt>${line.quantity} × ${escaped(titleOf(page, line))}</dt><dd>${escaped(verdictOf(phrases, line))}</dd>`,
  );
  const fields = [
    hidden(fieldNames.form, page.form),
    hidden(fieldNames.step, 'confirm'),
    ...carried(form, wish),
    `<button type="submit">${escaped(phrases.confirm)}</button>`,
  ];
  const isNothing = quote.lines.every(({ standing }) => standing === 'declined');
  return `<h2>${escaped(phrases.confirmTitle)}</h2><dl>${lines.join('')}</dl>
${isNothing ? '' : sums(voice, offer)}${quote.wayBack ? wayOf(voice, quote.wayBack) : ''}${sendByDay(voice, sendBy)}
${isNothing ? '' : formOf(voice, fields.join('\n'))}<p><a href="?lang=${language}">${escaped(phrases.change)}</a></p>`;
};
