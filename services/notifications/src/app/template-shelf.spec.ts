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
    ['the language that is built in, for a region of it', [], 'de-AT', 'en', 'dispatched.text.de', 1],
    ['the house’s language, where the customer’s is not there', [], 'ja', 'fr-CA', 'dispatched.text.fr', 1],
    ['English, where neither is there', [], 'ja', 'ko', 'dispatched.text.en', 1],
    ['the house’s language, where the customer named none', [], undefined, 'ar', 'dispatched.text.ar', 1],
    [
      'own words for the region, before those of the language',
      ['dispatched.text.de-AT', 'dispatched.text.de'],
      'de-AT',
      'en',
      'dispatched.text.de-AT',
      2,
    ],
    [
      'the brand’s own words, before those of all brands',
      ['dispatched.text.de', 'dispatched.text.de.acme'],
      'de',
      'en',
      'dispatched.text.de.acme',
      2,
    ],
    [
      'words of the customer’s language, before the brand’s own in another',
      ['dispatched.text.en.acme'],
      'de',
      'en',
      'dispatched.text.de',
      1,
    ],
    ['no words of another brand', ['dispatched.text.de.bolt'], 'de', 'en', 'dispatched.text.de', 1],
    ['no words of another medium', ['dispatched.email.de'], 'de', 'en', 'dispatched.text.de', 1],
  ])('are %s', async (_, active, asked, house, name, version) => {
    expect(
      await taken(
        active.map((each) => own(each)),
        asked,
        house,
      ),
    ).toMatchObject({ name, version });
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
});
