import { media, messageKinds } from '../../domain/kinds';
import { mjmlCompiler } from '../../edge/mjml';
import { exampleValues } from '../example';
import { compiled } from '../rendering';
import { templateKeyOf, templateName } from '../template-name';
import { builtIn } from '.';

const compiler = mjmlCompiler();
const mjmlToHtml = compiler.toHtml;

afterAll(() => compiler.close());

/** What stays of a template that names something it is not given, or quotes a brace by mistake. */
const leftOver = /\[\[|\]\]|[{}]|undefined|NaN|Invalid Date|\[object/;
const bodyOf = (html: string): string => html.slice(html.indexOf('<body')).replace(/style="[^"]*"/g, '');

describe('messages that are built in', () => {
  it.each(['ar', 'de', 'en', 'es', 'fr', 'hi'])('are there for every kind and medium in %s', (locale) => {
    const names = messageKinds.flatMap((kind) => media.map((medium) => templateName({ kind, medium, locale })));
    expect(names.filter((name) => !builtIn.has(name))).toEqual([]);
  });

  it.each([...builtIn.keys()].filter((name) => name.includes('.email.')))('%s is valid MJML, and leaves nothing unfilled', async (name) => {
    const { locale } = templateKeyOf(name);
    const source = builtIn.get(name) ?? { text: '' };
    const { subject = '', html = '', text } = (await compiled(source, locale, mjmlToHtml))(exampleValues(locale, 'Acme'));
    expect([subject, bodyOf(html), text].map((each) => leftOver.exec(each)?.[0])).toEqual([undefined, undefined, undefined]);
    expect([subject, text].every((each) => each.trim() !== '')).toBe(true);
    expect(html).toContain(`lang="${locale}"`);
  });

  it.each(['collected', 'delivered', 'return-authorized'] as const)(
    'say in %s where something is sent back, where there is a page for it',
    async (kind) => {
      const source = builtIn.get(templateName({ kind, medium: 'email', locale: 'de' })) ?? { text: '' };
      const { html = '', text } = (await compiled(source, 'de', mjmlToHtml))(exampleValues('de', 'Acme'));
      for (const part of [html, text]) expect(part).toContain('https://shop.example/returns/abc');
      const without = (await compiled(source, 'de', mjmlToHtml))({ ...exampleValues('de', 'Acme'), returnUrl: undefined });
      expect(without.text).not.toContain('Etwas zurückschicken');
    },
  );

  it.each(['order-confirmation', 'dispatched', 'delayed'] as const)(
    'say in %s where the order is seen and changed, where there is a page for it',
    async (kind) => {
      const source = builtIn.get(templateName({ kind, medium: 'email', locale: 'de' })) ?? { text: '' };
      const message = await compiled(source, 'de', mjmlToHtml);
      const { html = '', text } = message(exampleValues('de', 'Acme'));
      for (const part of [html, text]) expect(part).toContain('https://shop.example/orders/abc');
      expect(message({ ...exampleValues('de', 'Acme'), orderUrl: undefined }).text).not.toContain('Ihre Bestellung ansehen');
    },
  );

  it('say of goods that come back over a border where the paper for customs is, and nothing of it otherwise', async () => {
    const source = builtIn.get(templateName({ kind: 'return-label', medium: 'email', locale: 'en' })) ?? { text: '' };
    const message = await compiled(source, 'en', mjmlToHtml);
    const { html = '', text } = message(exampleValues('en', 'Acme'));
    for (const part of [html, text]) expect(part).toContain('https://shop.example/returns/abc/customs.pdf');
    const within = message({ ...exampleValues('en', 'Acme'), customsUrl: undefined });
    for (const part of [within.html ?? '', within.text]) expect(part).not.toMatch(/customs/i);
  });

  it('are short as texts', async () => {
    for (const [name, source] of [...builtIn].filter(([each]) => each.includes('.text.'))) {
      const { locale } = templateKeyOf(name);
      const { text } = (await compiled(source, locale, mjmlToHtml))(exampleValues(locale, 'Acme'));
      expect([name, text]).toEqual([name, expect.not.stringMatching(leftOver)]);
      expect(text.length).toBeLessThan(480);
    }
  });
});
