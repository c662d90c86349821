import { directionOf, isLocale, localesFor } from './locale';

describe('the locales that a customer is written to in', () => {
  it.each([
    ['what was asked, what it falls back to, the house’s, English', 'pt-BR', 'de-AT', ['pt-BR', 'pt', 'de-AT', 'de', 'en']],
    ['script before language', 'zh-Hant-TW', 'en', ['zh-Hant-TW', 'zh-Hant', 'zh', 'en']],
    ['no single letter alone at the end', 'de-DE-u-co-phonebk', 'en', ['de-DE-u-co-phonebk', 'de-DE-u-co', 'de-DE', 'de', 'en']],
    ['each once', 'de-DE', 'de', ['de-DE', 'de', 'en']],
    ['however the channel writes it', 'PT_br', 'en', ['pt-BR', 'pt', 'en']],
    ['the house’s, where the customer said nothing', undefined, 'fr', ['fr', 'en']],
    ['the house’s, where what the channel says is no language', 'Deutsch bitte!', 'fr', ['fr', 'en']],
    ['English, where the house’s is none, either', '', '?', ['en']],
  ])('are %s', (_, asked, house, locales) => {
    expect(localesFor(asked, house)).toEqual(locales);
  });

  it('are named as BCP 47 writes them', () => {
    expect(['de', 'pt-BR', 'zh-Hant-TW'].filter((tag) => !isLocale(tag))).toEqual([]);
    expect(['DE', 'pt_BR', 'pt-br', '', 'x y'].filter(isLocale)).toEqual([]);
  });

  it('run from right to left by their language, whatever the region', () => {
    expect(['ar', 'ar-EG', 'he-IL', 'ur-PK', 'fa'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl', 'rtl']);
    expect(['en', 'de-AT', 'hi-IN', 'zh-Hant-TW'].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'ltr']);
  });
});
