import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(__dirname, '../../../../..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const page = textOf('docs/how-to/add-a-channel.md');

/** Each piece of code of the page, and the file that is named last before it. */
const shown = [...page.matchAll(/\]\(\.\.\/\.\.\/([\w/.-]+)\)|```ts\n([\s\S]*?)```/g)].reduce<
  { readonly file: string; readonly code: string }[]
>((places, [, file, code]) => {
  const before = places.at(-1);
  if (file !== undefined) return [...places, { file, code: '' }];
  return [...places, { file: before?.file ?? '', code: code ?? '' }];
}, []);
const places = shown.filter(({ code }) => code !== '');

const sources = readdirSync(join(root, 'services/order/src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|fixture|contract)\.ts$/.test(entry.name))
  .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
const namedIn = (name: string): readonly string[] =>
  sources.filter((file) => new RegExp(`export const ${name} =|import \\{[^}]*\\b${name}\\b[^}]*\\}`).test(textOf(file))).toSorted();

const kinds = 'services/order/src/channels.module.ts';
const channels = 'services/order/src/edge/channels';

describe('adding a channel', () => {
  it('is done where the page says, and the page shows the code as it is', () => {
    expect(places.map(({ file }) => file)).toEqual([
      ...[`${channels}/webhook/webhook-connector.ts`, `${channels}/webhook/webhook-outlet.ts`, kinds, kinds],
      ...[`${channels}/connectors.spec.ts`, `${channels}/webhook/webhook-outlet.spec.ts`],
    ]);
    for (const { file, code } of places) expect(squeezed(textOf(file))).toContain(squeezed(code));
  });

  it.each([
    ['webhookConnector', `${channels}/webhook/webhook-connector.ts`],
    ['webhookOutlet', `${channels}/webhook/webhook-outlet.ts`],
    ['shopify', `${channels}/shopify/shopify.ts`],
    ['shopifyOutlet', `${channels}/shopify/shopify-outlet.ts`],
    ['amazon', `${channels}/amazon/amazon.ts`],
    ['amazonOutlet', `${channels}/amazon/amazon-outlet.ts`],
    ['amazonSource', `${channels}/amazon/amazon-source.ts`],
    ['shopifySource', `${channels}/shopify/shopify-source.ts`],
    ['feedOutlet', 'services/order/src/app/channels/feed.ts'],
  ])('is one file and one line: %s stands nowhere else', (name, file) => {
    expect(namedIn(name)).toEqual([kinds, file].toSorted());
  });

  it('has every kind of connector run its contract, and every kind of outlet that has a channel to tell', () => {
    const [, connectors = ''] = /connectorKinds[^=]*= \{([\s\S]*?)\};/.exec(textOf(kinds).replaceAll('=>', '')) ?? [];
    const names = [...connectors.matchAll(/(\w+)(?=,)/g)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(1);
    const specs = textOf(`${channels}/connectors.spec.ts`);
    for (const name of names) expect(specs).toMatch(new RegExp(`connector: ${name}\\(`));
  });
});
