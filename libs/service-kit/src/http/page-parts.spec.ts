import { dayIn, hidden, idOf, languageChoice, momentIn, moneyIn, pageStyle, publicLanguages } from './page-parts';

describe('what pages for people with a link are made of', () => {
  it('is money with the digits of its currency, as people write it in that language', () => {
    expect(moneyIn('en', 'GBP', 1_234_50)).toBe('£1,234.50');
    expect(moneyIn('de', 'EUR', 1_234_50).replace(/\s/g, ' ')).toBe('1.234,50 €');
    expect(moneyIn('en', 'JPY', 1_234)).toBe('¥1,234');
  });

  it('is days with their weekday, and moments by the clock that is named', () => {
    expect(dayIn('en', '2026-12-03')).toBe('<time datetime="2026-12-03">Thursday, December 3, 2026</time>');
    const moment = momentIn('de', 'Europe/Berlin', '2026-12-03T23:30:00.000Z');
    for (const part of ['datetime="2026-12-03T23:30:00.000Z"', 'Freitag', '4. Dezember', '00:30', 'MEZ']) expect(moment).toContain(part);
  });

  it('holds fields as text, whatever they are called', () => {
    expect(hidden('"a"', '<b>')).toBe('<input type="hidden" name="&quot;a&quot;" value="&lt;b&gt;">');
    expect(idOf('units/1 "2"')).toMatch(/^f-[\w-]+$/);
  });

  it.each(publicLanguages)('leads from %s to the same page in every other language, by its own name', (language) => {
    const choice = languageChoice(language, 'A "choice"');
    expect(choice).toContain('<nav aria-label="A &quot;choice&quot;">');
    expect([...choice.matchAll(/<a href="\?lang=(\w+)"/g)].map(([, each]) => each)).toEqual(
      publicLanguages.filter((each) => each !== language),
    );
    expect(choice).toContain(`<span lang="${language}" aria-current="true">`);
  });

  /** Of two colours (WCAG 2.2, 1.4.3). */
  const contrast = (one: string, other: string): number => {
    const light = (colour: string): number => {
      const full = colour.length === 4 ? colour.replace(/[^#]/g, '$&$&') : colour;
      const [r = 0, g = 0, b = 0] = [1, 3, 5]
        .map((at) => parseInt(full.slice(at, at + 2), 16) / 255)
        .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [dark = 0, bright = 0] = [light(one), light(other)].toSorted((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };

  it('stands out from its ground, light and dark', () => {
    const themes = [...pageStyle.matchAll(/:root\{([^}]*)\}/g)]
      .slice(0, 2)
      .map(([, said = '']) => new Map([...said.matchAll(/--([\w-]+):(#\w+)/g)].map(([, name = '', colour = '']) => [name, colour])));
    expect(themes).toHaveLength(2);
    for (const theme of themes) {
      const of = (name: string): string => theme.get(name) ?? '#000';
      for (const text of ['ink', 'quiet', 'wrong', 'act'])
        for (const ground of ['ground', 'card']) expect(contrast(of(text), of(ground))).toBeGreaterThan(4.5);
      expect(contrast(of('on-act'), of('act'))).toBeGreaterThan(4.5);
      expect(contrast(of('edge'), of('card'))).toBeGreaterThan(3);
    }
  });
});
