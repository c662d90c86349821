import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Program } from '../subscribers/gap-test';
import { runProgram } from '../subscribers/program';

const run = promisify(execFile);
const workspace = process.cwd();

const versions = (): Readonly<Record<string, string>> => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
  return { ...dependencies, ...devDependencies };
};

/** What a stranger has beside the client. */
const beside = (): readonly string[] => ['kafkajs', 'pg', '@types/pg', '@types/node'].map((name) => `${name}@${versions()[name]}`);

const compiler = { module: 'nodenext', target: 'es2023', strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false };

/** Somebody's project in an empty folder, with the package installed as npm does it. */
export interface Project {
  /** Names of the files of the package. */
  readonly files: readonly string[];
  /** Compiles what is in the folder, strictly; answers with what the compiler says. */
  compile(more?: Readonly<Record<string, string>>): Promise<string>;
  run(example: string, environment: Readonly<Record<string, string>>): Program;
}

const packed = async (
  from: string,
  folder: string,
): Promise<{ readonly filename: string; readonly files: readonly { readonly path: string }[] }> => {
  const { stdout } = await run('npm', ['pack', from, '--json', '--pack-destination', folder], { cwd: folder });
  const [only] = JSON.parse(stdout) as readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[];
  if (only === undefined) throw new Error(`npm packed nothing: ${stdout}`);
  return only;
};

const compiled = async (folder: string): Promise<string> => {
  try {
    await run(process.execPath, [join(workspace, 'node_modules/typescript/bin/tsc'), '-p', folder], { cwd: folder });
    return '';
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
};

export const installed = async (packageFolder: string, folder: string): Promise<Project> => {
  const { filename, files } = await packed(packageFolder, folder);
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('package.json', JSON.stringify({ name: 'a-shop', private: true, type: 'module' }));
  write('tsconfig.json', JSON.stringify({ compilerOptions: { ...compiler, outDir: 'out', types: ['node'] }, include: ['*.mts', '*.cts'] }));
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];
  await run('npm', ['install', ...quiet, join(folder, filename), ...beside()], { cwd: folder });
  for (const { path } of files.filter((each) => each.path.startsWith('examples/')))
    write(path.slice('examples/'.length), readFileSync(join(folder, 'node_modules/@cartage/client', path), 'utf8'));
  return {
    files: files.map(({ path }) => path),
    compile: (more = {}) => {
      for (const [name, text] of Object.entries(more)) write(name, text);
      return compiled(folder);
    },
    run: (example, environment) => runProgram([process.execPath, join(folder, 'out', example)], folder, environment),
  };
};
