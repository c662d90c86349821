import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emit } from './emitting';
import { manifestOf } from './manifest';

const SOURCES = 'libs/client/src';
/** Not among the sources: it is compiled with this package only, for which alone `openapi-fetch` is here. */
const COMMANDS = 'libs/client/commands/commands.ts';
const LICENCES = ['LICENSE', 'NOTICE'];

const commandsTypes = `import type { Client } from 'openapi-fetch';
import type { paths } from './api';
import type { At } from './lib/${SOURCES}/asking';

export type { components, operations, paths } from './api';
export type { At } from './lib/${SOURCES}/asking';

/** Every command and question of Cartage, typed. */
export declare const cartage: (at: At) => Client<paths>;
`;

const commandsCode = `'use strict';
exports.cartage = require('./lib/${COMMANDS.replace(/\.ts$/, '')}').commandsOf;
`;

/** By its program: what it exports is described for modules of another kind than ours. */
const generator = join(dirname(require.resolve('openapi-typescript/package.json')), 'bin', 'cli.js');

const writeTypes = (document: object, file: string): void => {
  const source = `${file}.json`;
  writeFileSync(source, JSON.stringify(document));
  // What has a default may be left out of a request.
  execFileSync(process.execPath, [generator, source, '--output', file, '--default-non-nullable', 'false'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(source);
};

/** Writes the package into a folder: the types of commands are those of this OpenAPI document, those of events of the contracts that are here. */
export const writePackage = (document: object, out: string): void => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  emit([`${SOURCES}/index.ts`, `${SOURCES}/kafka.ts`, COMMANDS], join(out, 'lib'));
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifestOf(), undefined, 2)}\n`);
  writeTypes(document, join(out, 'api.d.ts'));
  writeFileSync(join(out, 'commands.d.ts'), commandsTypes);
  writeFileSync(join(out, 'commands.js'), commandsCode);
  for (const file of LICENCES) cpSync(file, join(out, file));
  cpSync('libs/client/README.md', join(out, 'README.md'));
  cpSync('libs/client/examples', join(out, 'examples'), { recursive: true });
};
