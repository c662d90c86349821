import { readFileSync } from 'node:fs';

interface Workspace {
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
}

const SOURCES = './lib/libs/client/src';

/** What is asked for by `@cartage/client`, `@cartage/client/kafka` and `@cartage/client/commands`. */
const entries = { '.': `${SOURCES}/index`, './kafka': `${SOURCES}/kafka`, './commands': './commands' };

const versionIn = (versions: Readonly<Record<string, string>>, name: string): string => {
  const version = versions[name];
  if (version === undefined) throw new Error(`package.json of the workspace does not name ${name}.`);
  return version;
};

/** The package.json of the client: as old as the workspace, and with what the workspace itself uses. */
export const manifestOf = (file = 'package.json'): object => {
  const { version, license, engines, dependencies } = JSON.parse(readFileSync(file, 'utf8')) as Workspace;
  return {
    name: '@cartage/client',
    version,
    description: 'Cartage’s events with proof that none was missed or doubled, its stream over HTTP, and its commands, all typed.',
    license,
    engines,
    exports: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, { types: `${path}.d.ts`, default: `${path}.js` }])),
    dependencies: { 'openapi-fetch': versionIn(dependencies, 'openapi-fetch') },
    peerDependencies: { kafkajs: versionIn(dependencies, 'kafkajs') },
    peerDependenciesMeta: { kafkajs: { optional: true } },
  };
};
