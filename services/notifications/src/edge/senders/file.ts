import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { refusedBy, type Outgoing, type Sender } from '../../app/sender';
import { mailOf } from './mail';

const isAddress = (address: string): boolean => /^[^\s@]+@[^\s@]+$/.test(address);

/** Mails as files that any mail program opens, one for each message. */
export const fileSender = ({ folder }: { readonly folder: string }): Sender => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    name: 'file',
    medium: 'email',
    send: async (message: Outgoing) => {
      if (!isAddress(message.to.address)) return refusedBy('address-invalid', 'No mail can be addressed to it.');
      const { message: content, messageId } = await transport.sendMail(mailOf(message));
      await mkdir(folder, { recursive: true });
      const file = join(folder, `${message.messageId}.eml`);
      // Written beside and renamed: nobody reads half a mail.
      await writeFile(`${file}.part`, content as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
      return { status: 'accepted', reference: messageId };
    },
    close: async () => undefined,
  };
};
