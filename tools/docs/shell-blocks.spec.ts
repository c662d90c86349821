import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pagesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));

const pages = ['README.md', 'CONTRIBUTING.md', ...pagesIn('docs')];
const textOf = (page: string): string => readFileSync(page, 'utf8');

/** What a page gives to be pasted into a shell, line by line, without remarks; long lines as one. */
const shellIn = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^( *)```(?:bash|sh)\n([\s\S]*?)^\1```/gm)].flatMap(([, indent = '', body = '']) =>
    body
      .replaceAll(/\\\n/g, ' ')
      .split('\n')
      .map((line) => line.slice(indent.length).replace(/(^|\s)# .*$/, '')),
  );

const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

/** Everything that a page has people run, in blocks and in sentences, by npm or as a word of `cartage`. */
const runs = (page: string): readonly { readonly by: string; readonly script: string; readonly rest: string }[] =>
  [...textOf(page).matchAll(/(npm run(?: --silent)?|npx cartage) ([a-z][\w:-]*)((?:[^\n`|]|\\\n)*)/g)].map(
    ([, by = '', script = '', rest = '']) => ({ by, script, rest }),
  );

const sourcesIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => textOf(join(folder, file)))
    .join('\n');

/** The sources of what npm runs by this name. */
const programOf = (script: string): string => {
  const file = /tools\/run\.cjs (tools\/\S+\.ts)/.exec(scripts[script] ?? '')?.[1];
  return file === undefined ? '' : sourcesIn(dirname(file));
};

/** What many programs take. */
const common = textOf('tools/client/client.ts');

const unknownOptions = ({ by, script, rest }: ReturnType<typeof runs>[number]): readonly string[] => {
  const program = [common, programOf(script), by === 'npx cartage' ? sourcesIn('tools/cli') : ''].join('\n');
  return [...rest.matchAll(/(?<= )--([a-z][a-z-]+)/g)]
    .map(([, option = '']) => option)
    .filter((option) => option !== 'help' && !new RegExp(`--${option}\\b|['"]${option}['"]|\\b${option}: \\{ type`).test(program))
    .map((option) => `${by} ${script} --${option}`);
};

describe('what pages have people run', () => {
  it.each(pages)('knows the options that %s gives it', (page) => expect(runs(page).flatMap(unknownOptions)).toEqual([]));

  it('is compared with what there is', () => {
    expect(unknownOptions({ by: 'npm run', script: 'chaos', rest: ' -- --kils 3 --seed 7' })).toEqual(['npm run chaos --kils']);
    expect(pages.flatMap(runs).length).toBeGreaterThan(100);
  });
});

/** Those of the shell and of the machine. */
const ofTheShell = ['HOME', 'PWD', 'RANDOM', 'PATH'];

describe('what pages give to be pasted into a shell', () => {
  it.each(pages)('says in %s what each of its variables is', (page) => {
    const code = shellIn(page)
      .join('\n')
      .replaceAll(/'[^'\n]*'/g, "''");
    const used = [...code.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name = '']) => name);
    const said = [...code.matchAll(/(?:^|[\s;(])([A-Za-z_]\w*)=|\bfor (\w+) in\b/gm)].map(([, assigned, looped]) => assigned ?? looped);
    expect([...new Set(used)].filter((name) => !said.includes(name) && !ofTheShell.includes(name))).toEqual([]);
  });

  it.each(pages)('quotes in %s every address that a shell would read otherwise', (page) => {
    const bare = shellIn(page).map((line) => line.replaceAll(/'[^']*'|"[^"]*"/g, ''));
    expect(bare.filter((line) => /\bcurl\b/.test(line) && /\S[?&<]\S/.test(line))).toEqual([]);
  });
});

describe('keys of requests', () => {
  it.each(pages)('are made in %s of what every machine has: uuidgen is missing on many, and leaves an empty key', (page) =>
    expect(textOf(page)).not.toContain('uuidgen'),
  );
});

describe('every table', () => {
  it.each(pages)('of %s has one head', (page) => {
    const lines = textOf(page).split('\n');
    const isRow = (line: string | undefined): boolean => line?.trimStart().startsWith('|') === true;
    const late = lines.flatMap((line, i) =>
      /^ *\|(?: *:?-+:? *\|)+$/.test(line) && isRow(lines[i - 2]) ? [`${i + 1}: ${lines[i - 1]?.slice(0, 60)}`] : [],
    );
    expect(late).toEqual([]);
  });
});
