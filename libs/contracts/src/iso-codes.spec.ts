import { isCountry, isCurrency, isLocale } from './iso-codes';

describe('ISO codes', () => {
  it.each(['GB', 'US', 'PR', 'XK', 'AE'])('%s is a country, however often one asks', (code) =>
    expect([isCountry(code), isCountry(code)]).toEqual([true, true]),
  );
  it.each(['UK', 'gb', 'DD', 'EU', 'ZZ', 'GBR', '', 'G\u0042\n'])('%j is none', (code) =>
    expect([isCountry(code), isCountry(code)]).toEqual([false, false]),
  );
  it('knows currencies and languages', () => {
    expect(['GBP', 'TND', 'gbp', 'XXQ'].map(isCurrency)).toEqual([true, true, false, false]);
    expect(['en-GB', 'zh-Hant', 'english please', ''].map(isLocale)).toEqual([true, true, false, false]);
  });
});
