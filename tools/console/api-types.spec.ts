import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiFolder, draftsFile, typesOf, usedOperations } from './api-types';
import { draftsOf } from './draft-schemas';
import { listsOf, type Document } from './part-of-document';

const document = JSON.parse(readFileSync(join(apiFolder, 'openapi.json'), 'utf8')) as Document;

describe('the types of the console', () => {
  it('are what the document says, written by nobody (npm run reference)', () => {
    expect(readFileSync(join(apiFolder, 'schema.ts'), 'utf8')).toBe(typesOf(join(apiFolder, 'openapi.json')));
  });

  it('come with the lists that can be read as of a command', () => {
    expect(JSON.parse(readFileSync(join(apiFolder, 'lists.json'), 'utf8'))).toEqual(listsOf(document));
  });

  it('come with what the forms of drafts are made of', () => {
    expect(JSON.parse(readFileSync(draftsFile, 'utf8'))).toEqual(draftsOf(document));
  });

  it('are of the operations that it uses, and of no others', () => {
    const named = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    expect(named.sort()).toEqual([...usedOperations()].sort());
  });
});
