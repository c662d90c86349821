import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'services/console/web/src/words';
const languages = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe.each(languages)('the words of the console in %s', (language) => {
  const files = readdirSync(join(folder, language)).filter((file) => file.endsWith('.json'));
  const idsIn = (file: string): readonly string[] => Object.keys(JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as object);

  it('are each said in one file only', () => {
    const ids = files.flatMap(idsIn);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('are all heard: its index names each file, or who loads it when somebody needs it', () => {
    const index = readFileSync(join(folder, language, 'index.ts'), 'utf8');
    const later = ['rules/forms/FieldWords.tsx', 'analytics/QuestionWords.tsx'].map((file) =>
      readFileSync(join(folder, '..', file), 'utf8'),
    );
    const isHeard = (file: string): boolean =>
      index.includes(`'./${file}'`) || later.some((loading) => loading.includes(`words/${language}/${file}'`));
    expect(files.filter((file) => !isHeard(file))).toEqual([]);
  });
});

it('everything that the story of an order tells has words', () => {
  const sources = ['timeline-words.ts', 'timeline-decisions.ts'].map((file) => readFileSync(join('services/order/src/app', file), 'utf8'));
  const steps = [...sources.join('\n').matchAll(/(?:step: (?:method === 'digital' \? )?|scan\()'([a-z-]+)'/g)].flatMap(
    ([, step]) => step ?? [],
  );
  const words = JSON.parse(readFileSync(join(folder, 'en/story.json'), 'utf8')) as Readonly<Record<string, string>>;
  expect(steps.length).toBeGreaterThan(80);
  expect(steps.filter((step) => words[`step.${step}`] === undefined)).toEqual([]);
});
