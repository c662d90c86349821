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

  it('are all heard: its index names each file', () => {
    const index = readFileSync(join(folder, language, 'index.ts'), 'utf8');
    expect(files.filter((file) => !index.includes(`'./${file}'`))).toEqual([]);
  });
});
