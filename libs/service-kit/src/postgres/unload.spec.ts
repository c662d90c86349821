import { join, sep } from 'node:path';
import { unload, type Loaded } from './unload';

const fileOf = (...parts: readonly string[]): string => join(sep, 'cartage', ...parts);
const [ours, typeorm, query, pg, similar] = [
  fileOf('dist', 'pools.js'),
  fileOf('node_modules', 'typeorm', 'index.js'),
  fileOf('node_modules', 'typeorm', 'query.js'),
  fileOf('node_modules', 'pg', 'index.js'),
  fileOf('node_modules', 'typeorm-extension', 'index.js'),
];

const loadedFrom = (graph: Readonly<Record<string, readonly string[]>>): Loaded =>
  Object.fromEntries(
    Object.entries(graph).map(([filename, children]) => [filename, { filename, children: children.map((child) => ({ filename: child })) }]),
  );

describe('a package that is needed no more', () => {
  it('is forgotten with all of its modules, by those that loaded it, too, and nothing else is', () => {
    const loaded = loadedFrom({ [ours]: [pg, typeorm], [typeorm]: [query, pg], [query]: [], [pg]: [], [similar]: [query] });
    unload('typeorm', loaded);
    expect(loaded).toEqual(loadedFrom({ [ours]: [pg], [pg]: [], [similar]: [] }));
  });

  it('may not have been loaded at all', () => {
    const loaded = loadedFrom({ [ours]: [pg], [pg]: [] });
    unload('typeorm', loaded);
    expect(loaded).toEqual(loadedFrom({ [ours]: [pg], [pg]: [] }));
  });
});
