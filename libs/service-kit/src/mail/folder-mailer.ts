import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '@cartage/eventsourcing';
import { refusedMail, type Mail, type Mailer } from './mailer';
import { onTheWire } from './mime';

const isAddress = (address: string): boolean => /^[^\s@]+@[^\s@]+$/.test(address);

/** Written beside and renamed: nobody reads half a mail. */
const keep = async (file: string, content: Buffer): Promise<void> => {
  await writeFile(`${file}.part`, content, { mode: 0o600 });
  await rename(`${file}.part`, file);
};

/** Mails as files that any mail program opens, one for each, as they would stand on the wire (RFC 5322). */
export const folderMailer = ({ folder }: { readonly folder: string }): Mailer => {
  /** Into a folder that is there, as it nearly always is; one that is not, or that somebody removed, is made. */
  const keepIn = async (file: string, content: Buffer): Promise<void> => {
    try {
      await keep(file, content);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      await mkdir(folder, { recursive: true });
      await keep(file, content);
    }
  };
  return {
    name: 'file',
    post: async (mail: Mail) => {
      if (!isAddress(mail.to.address)) return refusedMail('address-invalid', 'No mail can be addressed to it.');
      const { raw, reference } = onTheWire(mail);
      await keepIn(join(folder, `${mail.messageId}.eml`), raw);
      return { status: 'accepted', reference };
    },
    close: async () => undefined,
  };
};
