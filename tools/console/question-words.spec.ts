import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questions } from '@cartage/reporting/questions';

const wordsIn = (language: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join('services/console/web/src/words', language, 'questions.json'), 'utf8')) as Readonly<Record<string, string>>;

/** Columns whose text is one of a few codes, each of which is named by what is said of the column. */
const CODED = ['deadline', 'step', 'decided_by', 'grade', 'disposition', 'stage', 'method', 'kind'];

/** `A, B or C. Never null.`, or `a: what it means. b: what that means. Never null.` */
const codesIn = (about: string): readonly string[] => {
  const explained = [...about.matchAll(/(?:^|\. )([a-z-]+): /g)].flatMap(([, code]) => code ?? []);
  return explained.length > 0 ? explained : (about.split('. ')[0] ?? '').split(/, or |, | or /);
};

const columns = questions.flatMap((question) => Object.entries(question.columns));
const codes = columns
  .filter(([name]) => CODED.includes(name))
  .flatMap(([name, { about }]) => codesIn(about).map((code) => `analytics.code.${name}.${code}`));

const wanted = [
  ...questions.flatMap(({ name }) => [`analytics.question.${name}`, `analytics.asks.${name}`, `analytics.reading.${name}`]),
  ...new Set(columns.map(([name]) => `analytics.column.${name}`)),
  ...new Set(codes),
].sort();

it('knows codes by what is said of their column', () => {
  expect(CODED.filter((column) => !codes.some((code) => code.startsWith(`analytics.code.${column}.`)))).toEqual([]);
  expect(codes).toEqual(expect.arrayContaining(['analytics.code.stage.captured-other', 'analytics.code.disposition.missing']));
});

it.each(['en', 'de', 'ar'])(
  'the console has words for every question of reporting, for every column of its answers and for what stands there, and for no others: %s',
  (language) => expect(Object.keys(wordsIn(language)).sort()).toEqual(wanted),
);

it('what the console says in English is what reporting says', () => {
  const words = wordsIn('en');
  const others = questions.filter(
    ({ name, asks, reading }) => words[`analytics.asks.${name}`] !== asks || words[`analytics.reading.${name}`] !== reading,
  );
  expect(others.map(({ name }) => name)).toEqual([]);
});
