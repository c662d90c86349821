import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftsOf } from './draft-schemas';
import { listsOf, partOf, type Document } from './part-of-document';

export const apiFolder = 'services/console/web/src/api';
export const draftsFile = 'services/console/web/src/rules/forms/drafts.json';
const generator = 'node_modules/openapi-typescript/bin/cli.js';

export const usedOperations = (): readonly string[] => JSON.parse(readFileSync(join(apiFolder, 'used.json'), 'utf8')) as readonly string[];

/** The part of a running Cartage's document that the console is typed by. */
export const usedPart = async (url: string): Promise<Document> =>
  partOf((await (await fetch(`${url}/docs-json`)).json()) as Document, usedOperations());

/** TypeScript for a document, as the console has it. */
export const typesOf = (documentFile: string): string =>
  execFileSync(process.execPath, [generator, documentFile, '--alphabetize', '--default-non-nullable=false'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** Writes the part of the document, the types that follow from it, which lists can be asked for as of a command, and what the forms of drafts are made of. */
export const writeApiTypes = async (url: string): Promise<void> => {
  const file = join(apiFolder, 'openapi.json');
  const part = await usedPart(url);
  writeFileSync(file, `${JSON.stringify(part, undefined, 1)}\n`);
  writeFileSync(join(apiFolder, 'lists.json'), `${JSON.stringify(listsOf(part), undefined, 2)}\n`);
  writeFileSync(join(apiFolder, 'schema.ts'), typesOf(file));
  writeFileSync(draftsFile, `${JSON.stringify(draftsOf(part), undefined, 1)}\n`);
};
