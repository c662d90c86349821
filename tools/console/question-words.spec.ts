import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questions } from '@cartage/reporting/questions';

const wordsIn = (language: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join('services/console/web/src/words', language, 'questions.json'), 'utf8')) as Readonly<Record<string, string>>;

const wanted = [
  ...questions.flatMap(({ name }) => [`analytics.question.${name}`, `analytics.asks.${name}`]),
  ...new Set(questions.flatMap(({ columns }) => Object.keys(columns).map((column) => `analytics.column.${column}`))),
].sort();

it.each(['en', 'de', 'ar'])(
  'the console has words for every question of reporting and for every column of its answers, and for no others: %s',
  (language) => expect(Object.keys(wordsIn(language)).sort()).toEqual(wanted),
);

it('what the console asks in English is what reporting asks', () => {
  const words = wordsIn('en');
  expect(questions.filter(({ name, asks }) => words[`analytics.asks.${name}`] !== asks).map(({ name }) => name)).toEqual([]);
});
