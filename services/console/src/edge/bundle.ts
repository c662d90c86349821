import { readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { codeOf } from '@cartage/eventsourcing';

const compressed = promisify(gzip);

/** A file of the program, as it is sent. */
export interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
}

const types: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
]);

/** Names as the build gives them; nothing else is a file of the program. */
const NAME = /^[\w-]+(\.[\w-]+)*\.(js|css|svg|html)$/;

/** Where the build puts it, seen from the service’s `src`: beside the compiled service, also when the service is run from its sources, as by tests. */
export const bundleFolder = (src: string): string => {
  const service = join(src, '..');
  const compiledThere = service.split(sep).includes('dist');
  return compiledThere ? join(service, 'web') : join(service, '..', '..', 'dist', 'services', 'console', 'web');
};

/** The program as it was built, each file read and compressed once. While it is not built yet, nothing. */
export class Bundle {
  private files = new Map<string, Promise<Asset | undefined>>();
  private builtAt = 0;

  constructor(private readonly folder: string) {}

  /** Looked at anew each time, so that a build that is made while the process runs is what the next visitor gets. */
  async page(): Promise<Asset | undefined> {
    const { mtimeMs } = await stat(join(this.folder, 'index.html')).catch(nothingThere);
    if (mtimeMs !== this.builtAt) this.files = new Map();
    this.builtAt = mtimeMs;
    return mtimeMs === 0 ? undefined : this.kept('index.html', this.folder);
  }

  async asset(name: string): Promise<Asset | undefined> {
    return NAME.test(name) ? this.kept(name, join(this.folder, 'assets')) : undefined;
  }

  private kept(name: string, folder: string): Promise<Asset | undefined> {
    const known = this.files.get(name);
    if (known) return known;
    const read = readAsset(join(folder, name));
    this.files.set(name, read);
    const again = (): void => void this.files.delete(name);
    // What is not there is looked for again: it may be of a build that is under way. So is what could not be read, of which whoever asked hears.
    read.then((found) => found ?? again(), again);
    return read;
  }
}

const nothingThere = (error: unknown): { readonly mtimeMs: number } => {
  if (codeOf(error) === 'ENOENT') return { mtimeMs: 0 };
  throw error;
};

const readAsset = async (file: string): Promise<Asset | undefined> => {
  const type = types.get(file.slice(file.lastIndexOf('.') + 1)) ?? 'application/octet-stream';
  try {
    const plain = await readFile(file);
    return { type, plain, gzip: await compressed(plain, { level: 9 }) };
  } catch (error) {
    if (isNowhere(error)) return undefined;
    throw error;
  }
};

/** Nor is there a file whose name is longer than any may be: names come from whoever asks. */
const isNowhere = (error: unknown): boolean => ['ENOENT', 'ENAMETOOLONG'].includes(codeOf(error) ?? '');
