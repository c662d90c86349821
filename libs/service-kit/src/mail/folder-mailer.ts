import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { refusedMail, written, type Mail, type Mailer } from './mailer';

const isAddress = (address: string): boolean => /^[^\s@]+@[^\s@]+$/.test(address);

/** Mails as files that any mail program opens, one for each. */
export const folderMailer = ({ folder }: { readonly folder: string }): Mailer => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    name: 'file',
    post: async (mail: Mail) => {
      if (!isAddress(mail.to.address)) return refusedMail('address-invalid', 'No mail can be addressed to it.');
      const { message: content, messageId } = await transport.sendMail(written(mail));
      await mkdir(folder, { recursive: true });
      const file = join(folder, `${mail.messageId}.eml`);
      // Written beside and renamed: nobody reads half a mail.
      await writeFile(`${file}.part`, content as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
      return { status: 'accepted', reference: messageId };
    },
    close: async () => undefined,
  };
};
