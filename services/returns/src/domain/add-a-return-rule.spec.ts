import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstPolicy } from './policy';

const root = join(__dirname, '../../../..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const page = textOf('docs/how-to/add-a-return-rule.md');
const term = 'services/returns/src/domain/policy.ts';
const field = 'services/returns/src/edge/policy-terms.dto.ts';
const answer = 'services/returns/src/edge/policies.answers.ts';

/** The places that the page names, each with the code that it shows. */
const places = [...page.matchAll(/\]\(\.\.\/\.\.\/([\w/.-]+)\)(?:(?!\]\()[\s\S])*?```ts\n([\s\S]*?)```/g)].map(
  ([, file = '', code = '']) => ({
    file,
    code,
  }),
);
const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const terms = Object.keys(firstPolicy.terms);
const timesIn = (file: string, pattern: string): number => textOf(file).match(new RegExp(pattern, 'gm'))?.length ?? 0;

describe('adding a return rule', () => {
  it('takes the four places that the page names, and the page shows them as they are', () => {
    expect(places.map(({ file }) => file)).toEqual([term, 'services/returns/src/domain/eligibility.ts', field, answer]);
    for (const { file, code } of places) expect(squeezed(textOf(file))).toContain(squeezed(code));
  });

  it.each(terms)('has each of them for %s', (name) => {
    expect(timesIn(term, `^  readonly ${name}: `)).toBe(1);
    expect([name, timesIn(field, `^  readonly ${name}[!?]?: `)]).toEqual([name, 2]);
    expect(timesIn(answer, `^  ${name}: `)).toBeGreaterThanOrEqual(1);
  });

  it('is followed by the rooms that judge: none of them knows terms by another way', () => {
    const files = readdirSync(__dirname).filter((file) => file.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(file));
    const judging = files.filter((file) => /termsOf\(/.test(readFileSync(join(__dirname, file), 'utf8')));
    expect(judging).toEqual(['sale-terms.ts']);
  });
});
