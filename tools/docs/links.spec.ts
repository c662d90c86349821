import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const pagesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));

const pages = ['README.md', 'CONTRIBUTING.md', ...pagesIn('docs')];
const inText = (page: string): string => readFileSync(page, 'utf8').replaceAll(/^```[\s\S]*?^```$/gm, '');

/** As the usual renderers make the anchor of a heading. */
const anchorsOf = (page: string): readonly string[] =>
  [...inText(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const broken = (page: string): readonly string[] =>
  [...inText(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].flatMap(([link, path = '', anchor]) => {
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(target)) return [link];
    return anchor === undefined || anchorsOf(target).includes(anchor) ? [] : [link];
  });

describe('every link', () => {
  it.each(pages)('in %s leads somewhere', (page) => expect(broken(page)).toEqual([]));
});

/** What Git leaves where two changes met, also as a formatter rewrites it; built here, so that this file has none. */
const conflict = new RegExp(`^(?:${'<'.repeat(7)}|${'>'.repeat(7)}|${'> '.repeat(6)}>|\\|? ?${'='.repeat(7)})(?: |$)`, 'm');

describe('every page', () => {
  it.each(pages)('%s says one thing only, with no conflict of two changes in it', (page) =>
    expect(
      inText(page)
        .split('\n')
        .filter((line) => conflict.test(line)),
    ).toEqual([]),
  );
});

describe('the README', () => {
  const text = readFileSync('README.md', 'utf8');
  it.each(pagesIn('docs/how-to'))('leads to %s', (page) => expect(text).toContain(`](${page})`));
});
