import { IntlMessageFormat } from 'intl-messageformat';
import { media, messageKinds, type MessageKind } from '../../domain/kinds';
import { mjmlCompiler } from '../../edge/mjml';
import { exampleValues } from '../example';
import { compiled, type Rendered } from '../rendering';
import { templateName } from '../template-name';
import { moneyIn } from '../values';
import { builtIn } from '.';

const compiler = mjmlCompiler();
const mjmlToHtml = compiler.toHtml;

afterAll(() => compiler.close());

const others = ['ar', 'de', 'es', 'fr', 'hi'];
const templates = messageKinds.flatMap((kind) => media.map((medium) => ({ kind, medium })));
const wordsOf = (locale: string, { kind, medium }: (typeof templates)[number]): string => {
  const { subject = '', mjml = '', text } = builtIn.get(templateName({ kind, medium, locale })) ?? { text: '' };
  return [subject, mjml, text].join('\n');
};

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** As the parser numbers them. */
const LITERAL = 0;
const PLURAL = 6;

const elementsIn = (elements: readonly Element[]): readonly Element[] =>
  elements.flatMap((element) => [
    element,
    ...('options' in element ? Object.values(element.options).flatMap(({ value }) => elementsIn(value)) : []),
  ]);
const messagesIn = (locale: string, words: string): readonly Element[] =>
  [...words.matchAll(/\[\[([^#^/][\s\S]*?)\]\]/g)].flatMap(([, message]) =>
    elementsIn(new IntlMessageFormat(message ?? '', locale, undefined, { ignoreTag: true }).getAst()),
  );
const namesIn = (locale: string, words: string): readonly string[] =>
  [
    ...new Set(messagesIn(locale, words).flatMap((element) => ('value' in element && element.type !== LITERAL ? [element.value] : []))),
  ].toSorted();
const sectionsIn = (words: string): readonly string[] => [...words.matchAll(/\[\[[#^/]\w+\]\]/g)].map(([section]) => section).toSorted();

const written = async (kind: MessageKind, locale: string, more: object = {}): Promise<Rendered> => {
  const source = builtIn.get(templateName({ kind, medium: 'email', locale })) ?? { text: '' };
  return (await compiled(source, locale, mjmlToHtml))({ ...exampleValues(locale, 'Acme'), ...more });
};

describe('the languages that are built in', () => {
  it.each(others)('%s says all that English says, under the same conditions', (locale) => {
    for (const template of templates) {
      const [mine, english] = [wordsOf(locale, template), wordsOf('en', template)];
      expect([template, namesIn(locale, mine)]).toEqual([template, namesIn('en', english)]);
      expect([template, sectionsIn(mine)]).toEqual([template, sectionsIn(english)]);
    }
  });

  it.each(['en', ...others])('%s has a form for each number that its grammar tells apart', (locale) => {
    const rules = new Intl.PluralRules(locale);
    const forms = [...new Set(Array.from({ length: 112 }, (_, count) => rules.select(count)))];
    for (const template of templates)
      for (const element of messagesIn(locale, wordsOf(locale, template)))
        if (element.type === PLURAL && 'options' in element)
          expect([template, Object.keys(element.options)]).toEqual([template, expect.arrayContaining(forms)]);
  });

  it.each([
    ['ar', 1, 'منتج واحد'],
    ['ar', 2, 'منتجين'],
    ['ar', 5, '5 منتجات'],
    ['ar', 11, '11 منتجًا'],
    ['ar', 100, '100 منتج'],
    ['de', 1, 'Ein Artikel wurde am'],
    ['de', 2, '2 Artikel wurden am'],
    ['es', 1, 'Se entregó un artículo'],
    ['es', 2, 'Se entregaron 2 artículos'],
    ['fr', 1, 'Un article a été livré'],
    ['fr', 2, '2 articles ont été livrés'],
    ['hi', 1, 'एक वस्तु डिलीवर हुई'],
    ['hi', 2, '2 वस्तुएँ डिलीवर हुईं'],
  ])('%s counts %d as %s', async (locale, units, says) => {
    expect((await written('delivered', locale, { units })).text).toContain(says);
  });

  it.each([
    ['ar', '27 نوفمبر 2026'],
    ['de', '27. November 2026'],
    ['es', '27 de noviembre de 2026'],
    ['fr', '27 novembre 2026'],
    ['hi', '27 नवंबर 2026'],
  ])('%s writes days and money as people of that language do', async (locale, day) => {
    const { text, html } = await written('payment-action', locale);
    for (const each of [text, html]) {
      expect(each).toContain(day);
      expect(each).toContain(moneyIn(locale, 'EUR', 1_250));
    }
  });

  it('leave a space before a colon in French only', async () => {
    expect((await written('order-confirmation', 'fr')).text).toContain('Total\u00A0: ');
    expect((await written('order-confirmation', 'de')).text).toContain('Gesamtbetrag: ');
  });

  it('show money in the digits and the place of the language', () => {
    expect(['de', 'fr', 'hi', 'es'].map((locale) => moneyIn(locale, 'EUR', 12_345_678).replace(/\s/g, ' '))).toEqual([
      '123.456,78 €',
      '123 456,78 €',
      '€1,23,456.78',
      '123.456,78 €',
    ]);
  });

  it('run from right to left in Arabic, down to each column, and keep codes together', async () => {
    const { html = '', text } = await written('order-confirmation', 'ar');
    expect(html).toMatch(/<html[^>]* dir="rtl"/);
    expect(html.match(/direction:\s*\w+/g)).toEqual(expect.arrayContaining(['direction:rtl']));
    expect(html).not.toMatch(/direction:\s*ltr/);
    expect(text).toContain('\u2066W-1001\u2069');
    const german = (await written('order-confirmation', 'de')).html;
    expect(german).toMatch(/<html[^>]* dir="ltr"/);
    expect(german).not.toMatch(/direction:\s*rtl/);
  });
});
