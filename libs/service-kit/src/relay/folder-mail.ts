import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Away, codeOf, type Clock } from '@cartage/eventsourcing';
import { csvRow } from '../upload/csv';
import type { LeftFault, LeftNotices } from './left-notices';
import { noticesInRows, type RowsForm, type RowsNotice } from './notice-rows';

export interface FolderOptions {
  /** Of all receivers; each has a folder of its own in it. */
  readonly root: string;
  /** A file that was written to so lately is not read yet. */
  readonly settleMs: number;
  readonly clock: Clock;
}

/** `outbox` is ours to write, `inbox` theirs; what was heard goes to `done`, what cannot be read to `failed`, with a list of what is wrong with it. */
export interface FolderMail {
  /** In this order. `Away` while the folder cannot be written to. */
  put(files: readonly { readonly name: string; readonly content: string | Buffer }[]): Promise<void>;
  left(): Promise<readonly LeftNotices[]>;
}

const rooms = ['outbox', 'inbox', 'done', 'failed'] as const;
type Rooms = Readonly<Record<(typeof rooms)[number], string>>;

const roomsOf = async (root: string, receiver: string): Promise<Rooms> => {
  const [outbox, inbox, done, failed] = rooms.map((room) => join(root, receiver, room));
  const paths = { outbox: outbox ?? '', inbox: inbox ?? '', done: done ?? '', failed: failed ?? '' };
  await Promise.all(Object.values(paths).map((path) => mkdir(path, { recursive: true })));
  return paths;
};

/** Written beside its place, and then put there at once: whoever looks sees all of it or nothing. */
const put = async (folder: string, name: string, content: string | Buffer): Promise<void> => {
  const unfinished = join(folder, `.${name}.part`);
  await writeFile(unfinished, content);
  await rename(unfinished, join(folder, name));
};

/** Another process may have moved it meanwhile, and then it is where it belongs. */
const move = async (from: string, to: string): Promise<void> => {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
};

/** What is being written is not read: it has another name until it is whole, or was written to a moment ago. */
const isWhole = async (path: string, name: string, { settleMs, clock }: FolderOptions): Promise<boolean> => {
  if (name.startsWith('.') || !/\.csv$/i.test(name)) return false;
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.isFile() && clock.now().getTime() - found.mtimeMs >= settleMs;
};

const REPORT = ['line', 'field', 'code', 'message'];
const reportOf = (faults: readonly LeftFault[], notices: readonly RowsNotice[]): string => {
  const rows = faults.map(({ line, notice, field, code, message }) => {
    const at = line ?? (notice === undefined ? undefined : notices[notice]?.lineOf(field)) ?? 1;
    return [at, field.split('.').at(-1) ?? field, code, message];
  });
  return [REPORT, ...rows].map(csvRow).join('');
};

/** File systems take 255 bytes: with the time before it, and what a list of faults adds. */
const MOST_BYTES = 215;

/** As much of a name as goes with its ending into so many bytes. */
const shortened = (name: string): string => {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  const ending = extname(name);
  let kept = '';
  for (const letter of name) {
    if (Buffer.byteLength(kept + letter + ending) > MOST_BYTES) break;
    kept += letter;
  }
  return kept + ending;
};

/** Under a name of its own, for names come again. */
const stamped = (name: string, { clock }: FolderOptions): string =>
  `${clock.now().toISOString().replaceAll(/[-:.]/g, '')}-${shortened(name)}`;

interface LeftFile {
  readonly options: FolderOptions;
  readonly form: RowsForm;
  readonly rooms: Rooms;
}

const leftFile = async ({ options, form, rooms: { inbox, done, failed } }: LeftFile, name: string): Promise<LeftNotices | undefined> => {
  const path = join(inbox, name);
  const content = await readFile(path).catch(() => undefined);
  if (!content) return undefined;
  const { notices, faults } = await noticesInRows(form, content);
  return {
    ...{ name, notices, faults },
    done: () => move(path, join(done, stamped(name, options))),
    failed: async (found) => {
      const kept = stamped(name, options);
      await put(failed, `${kept}.faults.csv`, reportOf(found, notices));
      await move(path, join(failed, kept));
    },
  };
};

/** Somebody whose system reads and writes CSV files, in a folder that bears its name. */
export const folderMail = (options: FolderOptions, form: RowsForm, receiver: string): FolderMail => ({
  put: async (files) => {
    try {
      const { outbox } = await roomsOf(options.root, receiver);
      for (const { name, content } of files) await put(outbox, name, content);
    } catch (error) {
      // A disk that is full, or a share that is not mounted, is somebody else’s to mend; what is told is not at fault.
      throw new Away(`The folder of ${receiver} cannot be written to.`, { cause: error });
    }
  },
  left: async () => {
    const paths = await roomsOf(options.root, receiver);
    const names = (await readdir(paths.inbox)).sort();
    const whole = await Promise.all(names.map((name) => isWhole(join(paths.inbox, name), name, options)));
    const left = await Promise.all(names.filter((_, i) => whole[i]).map((name) => leftFile({ options, form, rooms: paths }, name)));
    return left.flatMap((file) => file ?? []);
  },
});
