import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contracts, nameOf, stateContracts } from '@cartage/contracts';
import type { Program } from './gap-test';
import { runProgram } from './program';

/** A language that a client is made for. */
export interface Language {
  readonly name: string;
  /** What is missing on this machine to try it; nothing where all is there. */
  readonly missing: () => string | undefined;
  /** Generates the models of all events and compiles them, in a folder that is empty. */
  readonly build: (folder: string) => void;
  /** The examples of that client, on this Kafka and this database: of events, and of states. */
  readonly start: (folder: string, at: { readonly brokers: string; readonly databaseUrl: string }) => Program;
  readonly follow: (folder: string, at: { readonly brokers: string; readonly databaseUrl: string }) => Program;
}

const SCHEMAS = resolve('libs/contracts/schemas');
const STATE_SCHEMAS = resolve('libs/contracts/state-schemas');

const run = (cwd: string, file: string, ...args: readonly string[]): void =>
  void execFileSync(file, [...args], { cwd, stdio: ['ignore', 'inherit', 'inherit'] });

const lacks = (...programs: readonly string[]): string | undefined =>
  programs.find((program) => spawnSync(program, [program === 'java' ? '-version' : '--version']).error !== undefined);

const modelOptions = [
  ...['--input-file-type', 'jsonschema', '--output-model-type', 'pydantic_v2.BaseModel', '--target-python-version', '3.11'],
  ...['--use-standard-collections', '--use-union-operator', '--snake-case-field', '--disable-timestamp', '--formatters', 'builtin'],
];

const importAll = ['events', 'states']
  .map(
    (what) =>
      `import pkgutil, importlib, cartage_${what} as e; print(len([importlib.import_module('cartage_${what}.' + m.name) for m in pkgutil.iter_modules(e.__path__)]), 'models of ${what} in Python')`,
  )
  .join('\n');

const inPython =
  (program: string): Language['start'] =>
  (folder, { brokers, databaseUrl }) =>
    runProgram([join(folder, 'python', 'bin', 'python'), program], folder, { KAFKA_BROKERS: brokers, DATABASE_URL: databaseUrl });

const python: Language = {
  name: 'Python',
  missing: () => lacks('python3'),
  build: (folder) => {
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
    run(folder, join(bin, 'datamodel-codegen'), '--input', SCHEMAS, '--output', 'cartage_events', ...modelOptions);
    run(folder, join(bin, 'datamodel-codegen'), '--input', STATE_SCHEMAS, '--output', 'cartage_states', ...modelOptions);
    run(folder, join(bin, 'python'), '-c', importAll);
  },
  start: inPython('keep_count.py'),
  follow: inPython('keep_stock.py'),
};

/** As a driver of Java has it. */
const jdbcOf = (databaseUrl: string): string => {
  const { host, pathname, username, password } = new URL(databaseUrl);
  return `jdbc:postgresql://${host}${pathname}?user=${username}&password=${password}`;
};

const inJava =
  (program: string): Language['start'] =>
  (folder, { brokers, databaseUrl }) => {
    const classes = ['target/classes', 'target/lib/*'].join(':');
    const command = ['java', '-XX:TieredStopAtLevel=1', '-cp', classes, `io.cartage.client.${program}`] as const;
    return runProgram([...command], folder, { KAFKA_BROKERS: brokers, DATABASE_URL: jdbcOf(databaseUrl) });
  };

const java: Language = {
  name: 'Java',
  missing: () => lacks('java', 'mvn'),
  build: (folder) => {
    cpSync('clients/java', folder, { recursive: true });
    const schemas = join(folder, 'schemas');
    mkdirSync(schemas);
    // A file's name is the name of its class.
    for (const contract of contracts)
      cpSync(join(SCHEMAS, `${nameOf(contract)}.json`), join(schemas, `${nameOf(contract).replace(/\.v1$/, '').replace('.v', 'V')}.json`));
    for (const contract of stateContracts)
      cpSync(join(STATE_SCHEMAS, `${nameOf(contract)}.json`), join(schemas, `${nameOf(contract).replace(/\.v1$/, '')}.json`));
    const jars = ['dependency:copy-dependencies', '-DoutputDirectory=target/lib', '-DincludeScope=runtime'];
    run(folder, 'mvn', '-q', '-B', '-Dstyle.color=never', `-Dschemas=${schemas}`, 'package', ...jars);
  },
  start: inJava('KeepCount'),
  follow: inJava('KeepStock'),
};

export const languages: readonly Language[] = [python, java];
