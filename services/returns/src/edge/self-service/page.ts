import { escaped, type Form } from '@cartage/service-kit';
import type { OwnReturn } from '../../app/self-service/opened';
import type { PageLanguage } from '../../app/self-service/phrases';
import type { Opened, OpenPage, Quoted, Wish } from '../../app/self-service/self-service';
import { choosing, faultsSaid, sendByDay, type Said } from './choosing';
import { confirming, wayOf } from './confirming';
import { fieldNames } from './form-reading';
import { formOf, hidden, htmlOf, money, paragraph, untilDay, voiceIn, type Voice } from './html';

export { pageHeaders } from './html';

/** Only what a browser opens as a page. */
const linkTo = (url: string | undefined, says: string): string =>
  url !== undefined && /^https?:\/\//i.test(url) ? `<p><a href="${escaped(url)}" rel="noreferrer">${escaped(says)}</a></p>` : '';

const labelsOf = ({ phrases }: Voice, { labels }: OwnReturn): string =>
  labels
    .map(
      ({ trackingNumber, format, url }) =>
        `${linkTo(url, format === 'qr' ? phrases.code : phrases.label)}<p>${escaped(phrases.tracking)}: ${escaped(trackingNumber)}</p>`,
    )
    .join('');

/** What the customer has to do while nothing came. */
const toDo = (voice: Voice, own: OwnReturn): string => {
  if (own.status !== 'authorized') return '';
  const number = `<p>${escaped(voice.phrases.number)}: <strong>${escaped(own.returnId)}</strong></p>`;
  return `${own.sendBack ? wayOf(voice, own.sendBack) : ''}${number}${sendByDay(voice, own.sendBy)}${labelsOf(voice, own)}`;
};

const withdrawing = (voice: Voice, { form }: OpenPage, { returnId, mayWithdraw }: OwnReturn): string =>
  mayWithdraw
    ? formOf(
        voice,
        [
          hidden(fieldNames.form, form),
          hidden(fieldNames.step, 'withdraw'),
          hidden(fieldNames.returnId, returnId),
          `<button type="submit">${escaped(voice.phrases.withdraw)}</button>`,
        ].join(''),
      )
    : '';

const ownReturn = (voice: Voice, page: OpenPage, own: OwnReturn): string => {
  const { phrases } = voice;
  const lines = own.lines.map(
    ({ title, quantity, declined }) =>
      `<li>${quantity} × ${escaped(title)}${declined ? ` · ${escaped(phrases.standings.declined)}` : ''}</li>`,
  );
  const paid = own.refunded > 0 ? `<p>${escaped(phrases.paid)}: ${money(voice, page.currency, own.refunded)}</p>` : '';
  return `<article><h3>${escaped(phrases.statuses[own.status])}</h3><ul>${lines.join('')}</ul>
${toDo(voice, own)}${paid}${untilDay(voice, phrases.moneyBy, own.moneyBy)}${withdrawing(voice, page, own)}</article>`;
};

const ownReturns = (voice: Voice, page: OpenPage): string =>
  page.returns.length === 0
    ? ''
    : `<section><h2>${escaped(voice.phrases.yours)}</h2>${page.returns.map((own) => ownReturn(voice, page, own)).join('\n')}</section>`;

/** What is to be said first. */
export interface Shown {
  readonly notice?: 'done' | 'withdrawn' | undefined;
  readonly said: Said;
  /** The first item that is shown. */
  readonly from: number;
}

export const nothingSaid: Shown = { said: { faults: [] }, from: 0 };

/** What can be sent back, and what became of what was. */
export const selfServicePage = (language: PageLanguage, opened: Opened, { notice, said, from }: Shown = nothingSaid): string => {
  const voice = voiceIn(language);
  if (opened.kind !== 'open') return htmlOf(voice, paragraph(voice.phrases[opened.kind]));
  const first = notice ? `<div class="said" role="status">${paragraph(voice.phrases[notice])}</div>` : faultsSaid(voice, said.faults);
  return htmlOf(voice, `${first}${ownReturns(voice, opened)}${choosing(voice, opened, { from, said })}`);
};

interface Checked {
  readonly form: Form;
  readonly wish: Wish;
  readonly offer: Extract<Quoted, { readonly quote: unknown }>;
}

/** What would follow, to be confirmed. */
export const confirmPage = (language: PageLanguage, page: OpenPage, checked: Checked): string => {
  const voice = voiceIn(language);
  return htmlOf(voice, confirming(voice, page, checked));
};
