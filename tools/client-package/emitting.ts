import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { Trouble } from '../client/client';

const root = process.cwd();

const configOf = (outDir: string): ts.ParsedCommandLine => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile) as { readonly config: object };
  const emitted = { noEmit: false, declaration: true, removeComments: false, outDir, rootDir: root, types: ['node'] };
  return ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root, emitted);
};

/** Where a library stands that this workspace calls by its name, below the workspace and without its ending. */
const placesIn = (paths: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(paths).map(([name, [file = '']]) => [name, file.replace(/^\.\//, '').replace(/\.ts$/, '')]));

/** Outside nobody knows the names of our libraries: they come along, and are called by where they stand. */
const withoutNames = (text: string, file: string, places: ReadonlyMap<string, string>): string =>
  text.replace(/(["'])(@cartage\/[\w/-]+)\1/g, (quoted, quote: string, name: string) => {
    const place = places.get(name);
    if (place === undefined) return quoted;
    const path = relative(dirname(file), place);
    return `${quote}${path.startsWith('.') ? path : `./${path}`}.js${quote}`;
  });

const requireSound = (program: ts.Program): void => {
  const [first] = ts.getPreEmitDiagnostics(program);
  if (first)
    throw new Trouble(
      ts.formatDiagnostic(first, { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => '\n' }),
    );
};

/** Compiles these files of the workspace and all that they need of it into a folder, with their types, as they stand in the workspace. */
export const emit = (files: readonly string[], out: string): void => {
  const { options } = configOf(out);
  const program = ts.createProgram(
    files.map((file) => join(root, file)),
    options,
  );
  requireSound(program);
  const places = placesIn(options.paths ?? {});
  program.emit(undefined, (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, withoutNames(text, relative(out, path), places));
  });
};
