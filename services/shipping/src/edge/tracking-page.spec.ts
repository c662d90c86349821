import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PublicTracking } from '../app/public-tracking';
import { pagePhrases, pageWords } from '../app/tracking-phrases';
import { pageLanguages } from '../app/tracking-words';
import { pageHeaders, trackingPage } from './tracking-page';

const tracking: PublicTracking = {
  carrier: 'simulated',
  trackingNumbers: ['CTG1', 'CTG2'],
  status: 'attempt-failed',
  country: 'GB',
  deliveredAt: null,
  milestones: [
    { parcelId: '1', milestone: 'in-transit', place: '<script>alert("x")</script>', occurredAt: '2026-11-24T08:00:00.000Z' },
    { parcelId: '2', milestone: 'attempt-failed', place: null, occurredAt: '2026-11-24T09:00:00.000Z' },
  ],
};

describe('the tracking page', () => {
  it.each(pageLanguages)('says in %s where each parcel is, the newest first, with a word for everything', (language) => {
    const { words, title } = pagePhrases[language];
    const page = trackingPage(language, tracking);
    expect(page).toContain(`<html lang="${language}"`);
    for (const text of [title, words.missed, words.moving, 'CTG1', 'CTG2']) expect(page).toContain(text);
    expect(page.indexOf('2026-11-24T09')).toBeLessThan(page.indexOf('2026-11-24T08'));
    expect(pageWords.map((word) => words[word].trim().length > 0)).toEqual(pageWords.map(() => true));
  });

  it('says what to do when the carrier met nobody, and nothing of it otherwise', () => {
    expect(trackingPage('fr', tracking)).toContain(pagePhrases.fr.missed);
    expect(trackingPage('fr', { ...tracking, status: 'delivered' })).not.toContain(pagePhrases.fr.missed);
  });

  it('names no parcel where there is only one', () =>
    expect(trackingPage('en', { ...tracking, trackingNumbers: ['CTG1'] })).not.toContain('<small>'));

  it('speaks as many languages as messages do', () =>
    expect([...pageLanguages].sort()).toEqual(
      readdirSync(join(__dirname, '../../../notifications/src/app/built-in'))
        .flatMap((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1] ?? [])
        .sort(),
    ));

  it('shows what a carrier writes as text, whatever stands in it', () => {
    const page = trackingPage('en', tracking);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
  });

  it('says that there is nothing behind a link, and knows a status that nobody has named yet', () => {
    expect(trackingPage('de', undefined)).toContain(pagePhrases.de.nothing);
    expect(trackingPage('en', { ...tracking, status: 'somewhere' })).toContain(pagePhrases.en.words.noted);
  });

  it('runs and loads nothing', () => expect(pageHeaders['Content-Security-Policy']).not.toContain('script-src'));
});
