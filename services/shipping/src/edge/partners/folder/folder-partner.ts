import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartnerMessage } from '@cartage/contracts';
import { Away, codeOf, type Clock } from '@cartage/eventsourcing';
import { csvRow } from '@cartage/service-kit';
import type { LeftFault, LeftNotices, PartnerAccount, PartnerAdapter } from '../../../app/partners/partner';
import { rowsIn, type RowsNotice } from './rows-in';
import { csvOf } from './rows-out';

export interface FolderOptions {
  /** Of all partners; each has a folder of its own in it. */
  readonly root: string;
  /** A file that was written to so lately is not read yet. */
  readonly settleMs: number;
  readonly clock: Clock;
}

const rooms = ['outbox', 'inbox', 'done', 'failed'] as const;
type Rooms = Readonly<Record<(typeof rooms)[number], string>>;

const roomsOf = async (root: string, partner: string): Promise<Rooms> => {
  const [outbox, inbox, done, failed] = rooms.map((room) => join(root, partner, room));
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

const tell = async ({ outbox }: Rooms, message: PartnerMessage): Promise<void> => {
  const name = `${message.messageId}.${message.type.replace('fulfilment.', '')}`;
  const labelFile = `${name}.pdf`;
  if (message.label) await put(outbox, labelFile, Buffer.from(message.label.pdf, 'base64'));
  await put(outbox, `${name}.csv`, csvOf(message, labelFile));
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

/** Under a name of its own, for names come again. */
const stamped = (name: string, { clock }: FolderOptions): string => `${clock.now().toISOString().replaceAll(/[-:.]/g, '')}-${name}`;

const leftFile = async (options: FolderOptions, { inbox, done, failed }: Rooms, name: string): Promise<LeftNotices | undefined> => {
  const path = join(inbox, name);
  const content = await readFile(path).catch(() => undefined);
  if (!content) return undefined;
  const { notices, faults } = await rowsIn(content);
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

/** A partner whose old system reads and writes CSV files: `outbox` is ours to write, `inbox` its; what was heard goes to `done`, what cannot be read to `failed`, with a list of what is wrong with it. */
export const folderPartner =
  (options: FolderOptions) =>
  ({ partner }: PartnerAccount): PartnerAdapter => ({
    answersAtOnce: false,
    tell: async (message) => {
      try {
        await tell(await roomsOf(options.root, partner), message);
      } catch (error) {
        // A disk that is full, or a share that is not mounted, is somebody else’s to mend; what is told is not at fault.
        throw new Away(`The folder of ${partner} cannot be written to.`, { cause: error });
      }
      return { notices: [] };
    },
    left: async () => {
      const paths = await roomsOf(options.root, partner);
      const names = (await readdir(paths.inbox)).sort();
      const whole = await Promise.all(names.map((name) => isWhole(join(paths.inbox, name), name, options)));
      const left = await Promise.all(names.filter((_, i) => whole[i]).map((name) => leftFile(options, paths, name)));
      return left.flatMap((file) => file ?? []);
    },
  });
