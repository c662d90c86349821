import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contracts, nameOf, stateContracts } from '@cartage/contracts';
import type { CommandSubject } from './command-test';
import { javaOf, type Files } from './commands/java';
import { javaModelsOf } from './commands/java-models';
import type { Document } from './commands/operations';
import { pythonOf } from './commands/python';
import type { Program } from './gap-test';
import { runProgram } from './program';

/** A language that a client is made for. */
export interface Language {
  readonly name: string;
  /** What is missing on this machine to try it; nothing where all is there. */
  readonly missing: () => string | undefined;
  /** Generates the models of all events, states and commands, and compiles them, in a folder that is empty. */
  readonly build: (folder: string, document: Document) => void;
  /** The examples of that client, on this Kafka and this database: of events, and of states. */
  readonly start: (folder: string, at: { readonly brokers: string; readonly databaseUrl: string }) => Program;
  readonly follow: (folder: string, at: { readonly brokers: string; readonly databaseUrl: string }) => Program;
  /** Its example of commands, on this Cartage. */
  readonly place: (folder: string, at: Parameters<CommandSubject['place']>[0]) => Program;
}

const SCHEMAS = resolve('libs/contracts/schemas');
const STATE_SCHEMAS = resolve('libs/contracts/state-schemas');

const run = (cwd: string, file: string, ...args: readonly string[]): void =>
  void execFileSync(file, [...args], { cwd, stdio: ['ignore', 'inherit', 'inherit'] });

const writeAll = (folder: string, files: Files): void => {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
};

const lacks = (...programs: readonly string[]): string | undefined =>
  programs.find((program) => spawnSync(program, [program === 'java' ? '-version' : '--version']).error !== undefined);

const [ofSchemas, ofDocument] = [
  ['--input-file-type', 'jsonschema'],
  ['--input-file-type', 'openapi'],
];
const modelOptions = [
  ...['--output-model-type', 'pydantic_v2.BaseModel', '--target-python-version', '3.11'],
  ...['--use-standard-collections', '--use-union-operator', '--snake-case-field', '--disable-timestamp', '--formatters', 'builtin'],
];

/** A field may be called as Python has names, and its values are texts that a checker of types knows. */
const commandOptions = ['--allow-population-by-field-name', '--enum-field-as-literal', 'all'];

const importAll = ['events', 'states']
  .map(
    (what) =>
      `import pkgutil, importlib, cartage_${what} as e; print(len([importlib.import_module('cartage_${what}.' + m.name) for m in pkgutil.iter_modules(e.__path__)]), 'models of ${what} in Python')`,
  )
  .concat(`import cartage_commands; print(len(vars(cartage_commands.Cartage('http://127.0.0.1'))), 'groups of commands in Python')`)
  .join('\n');

const inPython =
  (program: string): Language['start'] =>
  (folder, { brokers, databaseUrl }) =>
    runProgram([join(folder, 'python', 'bin', 'python'), program], folder, { KAFKA_BROKERS: brokers, DATABASE_URL: databaseUrl });

const python: Language = {
  name: 'Python',
  missing: () => lacks('python3'),
  build: (folder, document) => {
    cpSync('clients/python', folder, { recursive: true });
    run(folder, 'python3', '-m', 'venv', 'python');
    const bin = join(folder, 'python', 'bin');
    run(
      folder,
      join(bin, 'pip'),
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      'requirements.txt',
      '-r',
      'requirements-build.txt',
    );
    run(folder, join(bin, 'datamodel-codegen'), '--input', SCHEMAS, '--output', 'cartage_events', ...ofSchemas, ...modelOptions);
    run(folder, join(bin, 'datamodel-codegen'), '--input', STATE_SCHEMAS, '--output', 'cartage_states', ...ofSchemas, ...modelOptions);
    const commands = join(folder, 'cartage_commands');
    writeAll(folder, { 'openapi.json': JSON.stringify(document) });
    writeAll(commands, { '__init__.py': pythonOf(document) });
    run(
      folder,
      join(bin, 'datamodel-codegen'),
      '--input',
      'openapi.json',
      '--output',
      join(commands, 'models.py'),
      ...ofDocument,
      ...modelOptions,
      ...commandOptions,
    );
    run(folder, join(bin, 'python'), '-c', importAll);
  },
  start: inPython('keep_count.py'),
  follow: inPython('keep_stock.py'),
  place: (folder, { url, token, number }) =>
    runProgram([join(folder, 'python', 'bin', 'python'), 'place_order.py', number], folder, { CARTAGE_URL: url, CARTAGE_TOKEN: token }),
};

/** As a driver of Java has it. */
const jdbcOf = (databaseUrl: string): string => {
  const { host, pathname, username, password } = new URL(databaseUrl);
  return `jdbc:postgresql://${host}${pathname}?user=${username}&password=${password}`;
};

const javaIn = ['java', '-XX:TieredStopAtLevel=1', '-cp', ['target/classes', 'target/lib/*'].join(':')] as const;

const inJava =
  (program: string): Language['start'] =>
  (folder, { brokers, databaseUrl }) => {
    return runProgram([...javaIn, `io.cartage.client.${program}`], folder, { KAFKA_BROKERS: brokers, DATABASE_URL: jdbcOf(databaseUrl) });
  };

const java: Language = {
  name: 'Java',
  missing: () => lacks('java', 'mvn'),
  build: (folder, document) => {
    cpSync('clients/java', folder, { recursive: true });
    const schemas = join(folder, 'schemas');
    mkdirSync(schemas);
    // A file's name is the name of its class.
    for (const contract of contracts)
      cpSync(join(SCHEMAS, `${nameOf(contract)}.json`), join(schemas, `${nameOf(contract).replace(/\.v1$/, '').replace('.v', 'V')}.json`));
    for (const contract of stateContracts)
      cpSync(join(STATE_SCHEMAS, `${nameOf(contract)}.json`), join(schemas, `${nameOf(contract).replace(/\.v1$/, '')}.json`));
    const sources = join(folder, 'src/main/java/io/cartage');
    writeAll(join(sources, 'api'), javaModelsOf(document));
    writeAll(join(sources, 'commands'), javaOf(document));
    const jars = ['dependency:copy-dependencies', '-DoutputDirectory=target/lib', '-DincludeScope=runtime'];
    run(folder, 'mvn', '-q', '-B', '-Dstyle.color=never', `-Dschemas=${schemas}`, 'package', ...jars);
  },
  start: inJava('KeepCount'),
  follow: inJava('KeepStock'),
  place: (folder, { url, token, number }) =>
    runProgram([...javaIn, 'io.cartage.client.PlaceOrder', number], folder, { CARTAGE_URL: url, CARTAGE_TOKEN: token }),
};

export const languages: readonly Language[] = [python, java];
