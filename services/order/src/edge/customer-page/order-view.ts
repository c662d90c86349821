import { escaped, momentIn, paragraph } from '@cartage/service-kit';
import type { OpenPage } from '../../app/customer-page/customer-page';
import type { Offer } from '../../app/customer-page/offers';
import { dayIn, type PageGroup, type PageLine, type PageOrder, type PageParcel } from '../../app/customer-page/opened';
import type { Notice } from '../../app/customer-page/phrases';
import type { UnitsAt } from '../../app/customer-page/units';
import { dayAt, htmlOf, linkTo, money, type Voice } from './html';

/** As many lines as a page shows. */
export const LINES_SHOWN = 200;

/** When units are expected, or were, or how long they are kept. */
const whenOf = (voice: Voice, { now }: PageOrder, { zone, units }: { readonly zone: string; readonly units: UnitsAt }): string => {
  const { phrases } = voice;
  const { at, state, place } = units;
  const where = place === undefined ? '' : `: ${escaped(place)}`;
  if (at === undefined) return where;
  const isLate = state !== 'to-fetch' && dayIn(zone, at) < dayIn(zone, now);
  const says = state === 'to-fetch' ? phrases.until : isLate ? phrases.late : phrases.expected;
  return `${where} · ${escaped(says)} ${dayAt(voice, zone, at)}`;
};

const lineOf = (voice: Voice, order: PageOrder, { line, zone }: { readonly line: PageLine; readonly zone: string }): string => {
  const units = line.units.map(
    (each) => `<li>${each.quantity} × ${escaped(voice.phrases.units[each.state])}${whenOf(voice, order, { zone, units: each })}</li>`,
  );
  const name = `${line.quantity} × <bdi>${escaped(line.title)}</bdi>`;
  return `<article><h3><span>${name}</span><span>${money(voice, order.money.currency, line.total)}</span></h3><ul class="units">${units.join('')}</ul></article>`;
};

/** As people write it on an envelope. */
const addressOf = ({ name, address }: PageGroup, language: string): string => {
  if (!address) return '';
  const { lines, city, region, postalCode, country } = address;
  const place = [postalCode, city].filter((each) => each !== undefined).join(' ');
  const land = new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
  const rows = [name, ...lines, place, region, land].filter((each): each is string => each !== undefined && each !== '');
  return `<address><bdi>${rows.map(escaped).join('</bdi>\n<bdi>')}</bdi></address>`;
};

/** Something that can be done now; or why it cannot. */
const offered = (voice: Voice, { obstacle }: Offer, { link, says }: { readonly link: string; readonly says: string }): string =>
  obstacle === undefined ? `<p>${link}</p>` : `<dl><dt>${escaped(says)}</dt><dd>${escaped(voice.phrases.obstacles[obstacle])}</dd></dl>`;

const destination = (voice: Voice, group: PageGroup): string => {
  const { phrases, language } = voice;
  if (!group.move) return '';
  const says = phrases.offers.address;
  const link = linkTo(voice, `&amp;view=address&amp;group=${escaped(encodeURIComponent(group.shipGroupId))}`, says);
  const where = group.address ? addressOf(group, language) : paragraph(phrases.erased);
  return `<h3>${escaped(phrases.goesTo)}</h3>${where}${offered(voice, group.move, { link, says })}`;
};

/** These lines of each group, in the order in which they were sold. */
const shownGroups = (groups: readonly PageGroup[], from: number): readonly PageGroup[] => {
  let before = 0;
  return groups.flatMap((group) => {
    const [first, last] = [Math.max(0, from - before), Math.max(0, from + LINES_SHOWN - before)];
    before += group.lines.length;
    const lines = group.lines.slice(first, last);
    return lines.length > 0 ? [{ ...group, lines }] : [];
  });
};

/** The way to what does not fit on the page. */
export const moreOf = ({ language, phrases }: Voice, { from, of, view = '' }: { from: number; of: number; view?: string }): string => {
  const next = from + LINES_SHOWN;
  return of > next ? `<p><a href="?lang=${language}${view}&amp;from=${next}">${escaped(phrases.more)}</a></p>` : '';
};

const items = (voice: Voice, order: PageOrder, from: number): string => {
  const groups = shownGroups(order.groups, from).map((group) => {
    const lines = group.lines.map((line) => lineOf(voice, order, { line, zone: group.zone }));
    const where = destination(voice, group);
    return `${lines.join('\n')}${where === '' ? '' : `<article>${where}</article>`}`;
  });
  const of = order.groups.reduce((sum, { lines }) => sum + lines.length, 0);
  return `<section aria-labelledby="items"><h2 id="items">${escaped(voice.phrases.items)}</h2>${groups.join('\n')}${moreOf(voice, { from, of })}</section>`;
};

const parcelOf = (voice: Voice, { zone }: PageOrder, parcel: PageParcel): string => {
  const { phrases, language } = voice;
  const { carrier, trackingNumber, trackingToken, milestone, at } = parcel;
  const path = `../../../shipping/track/${encodeURIComponent(trackingToken ?? '')}/page?lang=${language}`;
  const follow = trackingToken === undefined ? '' : `<p><a href="${escaped(path)}">${escaped(phrases.follow)}</a></p>`;
  return `<article><h3>${escaped(phrases.milestones[milestone])}</h3><p>${momentIn(language, zone, at)}</p>
<p>${escaped(phrases.tracking)}: <bdi>${escaped(`${carrier} ${trackingNumber}`.trim())}</bdi></p>${follow}</article>`;
};

const parcels = (voice: Voice, order: PageOrder): string =>
  order.parcels.length === 0
    ? ''
    : `<section aria-labelledby="parcels"><h2 id="parcels">${escaped(voice.phrases.parcels)}</h2>${order.parcels.map((each) => parcelOf(voice, order, each)).join('\n')}</section>`;

/** What is nothing is not said, but for the total. */
const costs = (voice: Voice, { money: { currency, total, charged, refunded, open, owed } }: PageOrder): string => {
  const { phrases } = voice;
  const rows: readonly (readonly [string, number])[] = [
    [phrases.charged, charged],
    [phrases.open, open],
    [phrases.refunded, refunded],
    [phrases.owed, owed],
  ];
  const shown = [[phrases.total, total] as const, ...rows.filter(([, amount]) => amount > 0)];
  const list = shown.map(([name, amount]) => `<dt>${escaped(name)}</dt><dd>${money(voice, currency, amount)}</dd>`).join('');
  return `<h2 id="money">${escaped(phrases.money)}</h2><dl>${list}</dl>`;
};

const returns = ({ phrases }: Voice, order: PageOrder): string => {
  if (order.returns.length === 0) return '';
  const each = order.returns.map(({ status, lines }) => {
    const titles = lines.map(({ title, quantity }) => `<li>${quantity} × <bdi>${escaped(title)}</bdi></li>`);
    return `<article><h3>${escaped(phrases.returnSteps[status])}</h3><ul>${titles.join('')}</ul></article>`;
  });
  return `<section aria-labelledby="returns"><h2 id="returns">${escaped(phrases.returns)}</h2>${each.join('\n')}</section>`;
};

/** What can be done with the order, and why not where it cannot. */
const offers = (voice: Voice, { order, returnToken }: OpenPage): string => {
  const { phrases, language } = voice;
  const says = phrases.offers;
  const back = `../../../returns/links/${returnToken}/page?lang=${language}`;
  const sendBack = `<a class="button" href="${back}">${escaped(says.return)}</a>`;
  return `<h2>${escaped(phrases.can)}</h2>
${offered(voice, order.cancel, { link: linkTo(voice, '&amp;view=cancel', says.cancel), says: says.cancel })}
${offered(voice, order.sendBack, { link: sendBack, says: says.return })}`;
};

/** An order, whole: where each unit is, its parcels, its money, and what can be done now. */
export const orderView = (voice: Voice, page: OpenPage, { notice, from }: { readonly notice?: Notice; readonly from: number }): string => {
  const { phrases, language } = voice;
  const { order } = page;
  const said = notice === undefined ? '' : `<div class="said" role="status">${paragraph(phrases.notices[notice])}</div>`;
  const contact =
    order.contact === undefined ? '' : `<p><small>${escaped(phrases.contact)} <bdi>${escaped(order.contact)}</bdi></small></p>`;
  return htmlOf(
    voice,
    `${phrases.title} ${order.number}`,
    `${said}<p class="now">${escaped(phrases.statuses[order.status])}</p>
<p><small>${escaped(phrases.placed)}: ${momentIn(language, order.zone, order.placedAt)}</small></p>
${items(voice, order, from)}${parcels(voice, order)}${returns(voice, order)}${costs(voice, order)}${offers(voice, page)}${contact}`,
  );
};
