import { escaped, languageChoice, pageStyle, publicPage } from '@cartage/service-kit';
import type { PublicMilestone, PublicTracking } from '../app/public-tracking';
import { pagePhrases, type PagePhrases, type PageWord } from '../app/tracking-phrases';
import { wordOfMilestone, wordOfStatus, type PageLanguage } from '../app/tracking-words';

const style = `${pageStyle}h1{font-size:1.1rem;font-weight:400}.now{font-size:1.8rem;margin:.2rem 0 1.2rem}ol{list-style:none}li{padding:.5rem 0;border-top:1px solid var(--line)}li:first-child{border:0}time{color:var(--quiet);display:block}nav li{border:0;padding:0}`;

const page = publicPage({ style });
export const pageHeaders = page.headers;

const known = <Words extends object>(words: Words, name: string): PageWord =>
  Object.hasOwn(words, name) ? (words[name as keyof Words] as PageWord) : 'noted';

const timeIn = (language: PageLanguage, at: string): string => {
  const shown = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at));
  return `<time datetime="${escaped(at)}">${escaped(shown)} UTC</time>`;
};

const step = (
  language: PageLanguage,
  { words, parcel }: PagePhrases,
  { milestone, place, parcelId, occurredAt }: PublicMilestone,
): string => {
  const where = place === null ? '' : ` · ${escaped(place)}`;
  const which = parcelId === null ? '' : `<small>${escaped(parcel)} ${escaped(parcelId)}</small>`;
  return `<li>${escaped(words[known(wordOfMilestone, milestone)])}${where}${which}${timeIn(language, occurredAt)}</li>`;
};

const found = (language: PageLanguage, phrases: PagePhrases, tracking: PublicTracking): string => {
  const { status, carrier, trackingNumbers, milestones } = tracking;
  const numbers = trackingNumbers.map((number) => `<dd>${escaped(number)}</dd>`).join('');
  const several = trackingNumbers.length > 1;
  const steps = milestones.toReversed().map((each) => step(language, phrases, several ? each : { ...each, parcelId: null }));
  return `<h1>${escaped(phrases.title)}</h1><p class="now">${escaped(phrases.words[known(wordOfStatus, status)])}</p>${advice(phrases, tracking)}
<dl><dt>${escaped(phrases.carrier)}</dt><dd>${escaped(carrier)}</dd><dt>${escaped(phrases.number)}</dt>${numbers}</dl>
<h2>${escaped(phrases.history)}</h2><ol>${steps.join('')}</ol>`;
};

/** What whoever waits for it can do about a failed attempt; the link itself is the permission. */
const advice = ({ missed }: PagePhrases, { status }: PublicTracking): string =>
  status === 'attempt-failed' ? `<p>${escaped(missed)}</p>` : '';

/** Where a parcel is, for whoever waits for it; without a parcel it says that there is none. */
export const trackingPage = (language: PageLanguage, tracking: PublicTracking | undefined): string => {
  const phrases: PagePhrases = pagePhrases[language];
  const body = tracking ? found(language, phrases, tracking) : `<h1>${escaped(phrases.title)}</h1><p>${escaped(phrases.nothing)}</p>`;
  return page.html({ language, title: phrases.title, before: languageChoice(language, phrases.language), body });
};
