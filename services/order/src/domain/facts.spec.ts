import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { factContracts } from './facts';

const root = join(__dirname, '../../../..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(entry.name))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));

const filesWith = (folder: string, pattern: RegExp): readonly string[] => filesBelow(folder).filter((file) => pattern.test(textOf(file)));

const fold = 'services/order/src/domain/facts.ts';
const rule = 'services/order/src/domain/causes.ts';
const rules = filesBelow('services/order/src/domain').filter((file) => /\/(causes|rules|rule-[a-z]+)\.ts$/.test(file));
const words = 'services/order/src/app/timeline-words.ts';
/** The order’s page shows returns of its own accord: no rule and no line’s state hangs on them. */
const page = 'services/order/src/app/returns-heard.ts';
/** What a channel is told follows from what the order heard: nothing of the order hangs on that. */
const told = 'services/order/src/app/channels/updates-due.ts';

/** Of an exchange another order is made, which hears what is told of the first. */
const made = ['app/replacements', 'domain/exchange-order', 'edge/claims.listener'].map((file) => `services/order/src/${file}.ts`);
/** What is learned of how long carriers need: nothing of the order hangs on that. */
const learned = 'services/order/src/app/views/transit-time.ts';
const beside: ReadonlySet<string> = new Set([page, told, learned, ...made]);

/** The places that the page names, each with the code that it shows. */
const places = [
  ...textOf('docs/how-to/add-an-event.md').matchAll(/\]\(\.\.\/\.\.\/([\w/.-]+)\)(?:(?!\]\()[\s\S])*?```ts\n([\s\S]*?)```/g),
].map(([, file = '', code = '']) => ({ file, code }));
const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

describe('adding a fact that the order hears', () => {
  it('takes the four places that the page names, and the page shows them as they are', () => {
    expect(places.map(({ file }) => file)).toEqual(['libs/contracts/src/inventory.ts', fold, rule, words]);
    for (const { file, code } of places) expect(squeezed(textOf(file))).toContain(squeezed(code));
  });

  it.each(factContracts.map(({ type }) => type))('takes no more for %s', (type) => {
    expect(filesWith('libs/contracts/src', new RegExp(`^export const ${type} = \\w+\\(`, 'm'))).toHaveLength(1);
    const places = filesWith('services/order/src', new RegExp(`\\b${type}\\b`)).filter((file) => !beside.has(file));
    expect([...places].sort()).toEqual([words, fold]);
  });

  it('lets no rule ask which fact came last', () => {
    for (const { type } of factContracts) for (const file of rules) expect(textOf(file)).not.toMatch(new RegExp(`\\b${type}\\b`));
  });
});
