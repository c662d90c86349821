import { Refused } from '@cartage/eventsourcing';
import { localesFor } from '../domain/locale';
import { exampleValues } from './example';
import { templateShelf, type TemplateInUse } from './template-shelf';
import type { ActiveTemplate } from './views/template-version';

const own = (template: string, version = 2): ActiveTemplate => ({
  template,
  version,
  source: { text: `[[{name}]] by ${template} ${version}` },
});
const shelfWith = (...active: readonly ActiveTemplate[]) =>
  templateShelf(
    () => Promise.resolve(active),
    (mjml) => Promise.resolve(mjml),
  );
const taken = (active: readonly ActiveTemplate[], asked: string | undefined, house = 'en'): Promise<TemplateInUse> =>
  shelfWith(...active)({ kind: 'dispatched', medium: 'text', brand: 'acme', locales: localesFor(asked, house) });

describe('the words that a message is written in', () => {
  it.each([
    { are: 'the language that is built in, for a region of it', own: [], asked: 'de-AT', by: 'dispatched.text.de' },
    { are: 'the house’s language, where the customer’s is not there', own: [], asked: 'ja', house: 'fr-CA', by: 'dispatched.text.fr' },
    { are: 'English, where neither is there', own: [], asked: 'ja', house: 'ko', by: 'dispatched.text.en' },
    { are: 'the house’s language, where the customer named none', own: [], house: 'ar', by: 'dispatched.text.ar' },
    {
      are: 'own words for the region, before those of the language',
      own: ['text.de-AT', 'text.de'],
      asked: 'de-AT',
      by: 'dispatched.text.de-AT',
    },
    {
      are: 'the brand’s own words, before those of all brands',
      own: ['text.de', 'text.de.acme'],
      asked: 'de',
      by: 'dispatched.text.de.acme',
    },
    {
      are: 'the customer’s language, before the brand’s own words in another',
      own: ['text.en.acme'],
      asked: 'de',
      by: 'dispatched.text.de',
    },
    { are: 'no words of another brand', own: ['text.de.bolt'], asked: 'de', by: 'dispatched.text.de' },
    { are: 'no words of another medium', own: ['email.de'], asked: 'de', by: 'dispatched.text.de' },
  ])('are $are', async ({ own: names, asked, house, by }) => {
    const active = names.map((name) => own(`dispatched.${name}`));
    const { name, version } = await taken(active, asked, house);
    expect([name, version]).toEqual([by, active.some(({ template }) => template === by) ? 2 : 1]);
  });

  it('change with the version that is active', async () => {
    let active: readonly ActiveTemplate[] = [own('dispatched.text.de', 2)];
    const shelf = templateShelf(
      () => Promise.resolve(active),
      (mjml) => Promise.resolve(mjml),
    );
    const wanted = { kind: 'dispatched', medium: 'text', brand: 'acme', locales: ['de', 'en'] } as const;
    const text = async (): Promise<string> => (await shelf(wanted)).render(exampleValues('de', 'Acme')).text;
    expect(await text()).toBe('Ada Miller by dispatched.text.de 2\n');
    active = [own('dispatched.text.de', 3)];
    expect(await text()).toBe('Ada Miller by dispatched.text.de 3\n');
  });

  it('are tried again where they could not be made ready, and not where they are wrong for good', async () => {
    const source = { subject: 'x', mjml: 'a mail', text: 'x' };
    const failures: Error[] = [new Error('The compiler is away.'), new Refused('TEMPLATE_BROKEN', 'Wrong.', 'invalid')];
    const shelf = templateShelf(
      () => Promise.resolve([{ template: 'dispatched.email.de', version: 2, source }]),
      (mjml) => {
        const failure = failures.shift();
        return failure ? Promise.reject(failure) : Promise.resolve(mjml);
      },
    );
    const ask = () => shelf({ kind: 'dispatched', medium: 'email', brand: 'acme', locales: ['de', 'en'] });
    await expect(ask()).rejects.toThrow('The compiler is away.');
    await expect(ask()).rejects.toThrow('Wrong.');
    await expect(ask()).rejects.toThrow('Wrong.');
    expect(failures).toEqual([]);
  });
});
