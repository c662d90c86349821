import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../../..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const page = textOf('docs/how-to/add-a-wms.md');

/** The places that the page names, each with the code that it shows: of several names in a step the last one before the code. */
const places = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(({ 1: code = '', index }) => {
  const names = [...page.slice(0, index).matchAll(/\]\(\.\.\/\.\.\/([\w/.-]+)\)/g)].map(([, file = '']) => file);
  return { code, files: names };
});
const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const parts = textOf('services/shipping/src/partner.parts.ts');
const tableOf = (name: string): readonly string[] => {
  const from = parts.slice(parts.indexOf(`const ${name} = `));
  return [...from.slice(0, from.indexOf(']);')).matchAll(/^ +\['([\w-]+)', /gm)].map(([, adapter = '']) => adapter);
};
const adapters = tableOf('adaptersOf');

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(__dirname, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

describe('adding a WMS', () => {
  it('takes the four places that the page names, and the page shows them as they are', () => {
    expect(places).toHaveLength(4);
    for (const { code, files } of places) expect(files.some((file) => squeezed(textOf(file)).includes(squeezed(code)))).toBe(true);
  });

  it('has a line in both tables, a word in the request, and a spec that runs the contract, for each', () => {
    expect(adapters.length).toBeGreaterThanOrEqual(3);
    expect(tableOf('adapterTerms')).toEqual(adapters);
    const request = textOf('services/shipping/src/edge/partners/partners.dto.ts');
    for (const adapter of adapters) expect(request).toContain(`\`${adapter}\``);
    const specs = filesIn('.').filter(
      (file) => file.endsWith('.spec.ts') && /^partnerContract\(/m.test(readFileSync(join(__dirname, file), 'utf8')),
    );
    expect(specs).toHaveLength(adapters.length);
  });

  it('is known to nobody else: what is told, and when, looks at no adapter by its name', () => {
    const app = join(root, 'services/shipping/src/app/partners');
    const knowing = readdirSync(app).filter((file) =>
      adapters.some((adapter) => readFileSync(join(app, file), 'utf8').includes(`'${adapter}'`)),
    );
    expect(knowing).toEqual([]);
  });
});
