import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines that the mail was too long for are whole again. */
const textOf = (file: string): string => readFileSync(file, 'utf8').replaceAll('=\n', '');

/** What was mailed to an address, as far as it is written out. */
export const mailsTo = (folder: string, address: string): readonly string[] => {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
    return files.map((name) => textOf(join(folder, name))).filter((mail) => mail.includes(address));
  } catch {
    // No folder: nothing was mailed yet.
    return [];
  }
};
