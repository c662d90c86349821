import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, messageOf } from '@cartage/eventsourcing';
import { keyIn, type CommonSettings } from '../settings/common';
import { StartFailure } from '../start/failure';

type Given = Pick<CommonSettings, 'MASTER_KEY' | 'MASTER_KEY_FILE'>;

export interface MasterKeyOptions {
  /** Make the file, readable by its owner only, when it is not there. For the embedded wiring. */
  readonly makeFile: boolean;
}

const readKeyFile = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new StartFailure([
      `Setting MASTER_KEY_FILE: ${file} cannot be read (${messageOf(error)}). Make it readable, or name another file.`,
    ]);
  }
};

/** Appears whole or not at all, and never in the place of one that is there: two processes that start at once end with the same key. */
const publish = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
  await link(draft, file).finally(() => rm(draft));
};

const makeKeyFile = async (file: string): Promise<string> => {
  const text = `${randomBytes(32).toString('base64')}\n`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await publish(file, text);
    return text;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return readFile(file, 'utf8');
    throw new StartFailure([
      `Setting MASTER_KEY_FILE: ${file} cannot be written (${messageOf(error)}). Name a file in a folder that you may write to.`,
    ]);
  }
};

const makeOne = 'Make one with: openssl rand -base64 32';

/** The master key that wraps every data key. */
export const masterKeyOf = async ({ MASTER_KEY, MASTER_KEY_FILE: file }: Given, { makeFile }: MasterKeyOptions): Promise<Buffer> => {
  if (MASTER_KEY) return MASTER_KEY;
  if (file === undefined)
    throw new StartFailure([
      `Setting MASTER_KEY is missing. It wraps all keys of personal data: 32 bytes in base64, the same for every service. ${makeOne}`,
    ]);
  const text = (await readKeyFile(file)) ?? (makeFile ? await makeKeyFile(file) : undefined);
  if (text === undefined) throw new StartFailure([`Setting MASTER_KEY_FILE: ${file} is not there. ${makeOne} > ${file}`]);
  const key = keyIn(text);
  if (key) return key;
  throw new StartFailure([`Setting MASTER_KEY_FILE: ${file} does not hold 32 bytes in base64. ${makeOne} > ${file}`]);
};
